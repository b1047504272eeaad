'use strict';

const http = require('node:http');
const log = require('../log');
const { requestIdOf } = require('./exchange');
const { ALWAYS } = require('./headers');
const { Problem } = require('./problem');

const OPTIONS = {
  // With this on, node answers requests without Host itself, and bare.
  requireHostHeader: false,
  keepAliveTimeout: 60_000,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
};

function createServer(frame) {
  const handle = (request, response) => frame.handle(request, response);
  const server = http.createServer(OPTIONS, handle);
  server.on('checkExpectation', handle);
  server.on('connect', (request, socket) =>
    answerOnSocket(socket, new Problem(404, 'Nothing to connect to.')),
  );
  server.on('clientError', (error, socket) => {
    const hasAnswerBegun = socket._httpMessage?.headersSent;
    if (error.code === 'ECONNRESET' || hasAnswerBegun || !socket.writable) socket.destroy();
    else answerOnSocket(socket, problemOf(error.code));
  });
  return server;
}

function problemOf(code) {
  if (code === 'HPE_HEADER_OVERFLOW') return new Problem(431, 'The headers are too long.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Problem(408, 'The request took too long to arrive.');
  return new Problem(400, 'This is not HTTP.');
}

/** For what the parser could make no request of, so that there is no response object either. */
function answerOnSocket(socket, problem) {
  const requestId = requestIdOf();
  const body = JSON.stringify(problem);
  const lines = Object.entries({
    ...ALWAYS,
    'X-Request-Id': requestId,
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  const { status } = problem;
  socket.end([`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
  log.info('request', { method: '', path: '', status, requestId });
}

module.exports = { createServer };
