'use strict';

const { encode, pickEncoding } = require('./encoding');

const WORTH_ENCODING = 1024;

function sendJson(exchange, status, value, headers) {
  return sendText(exchange, status, 'application/json; charset=utf-8', JSON.stringify(value), headers);
}

function sendProblem(exchange, problem) {
  const { status, headers } = problem;
  return sendText(exchange, status, 'application/problem+json', JSON.stringify(problem), headers);
}

/** An answer without a body. */
function sendNothing({ response }, status, headers = {}) {
  response.writeHead(status, headers).end();
}

async function sendText(exchange, status, type, text, headers = {}) {
  let body = Buffer.from(text);
  const head = { 'Content-Type': type, ...headers };
  if (body.length >= WORTH_ENCODING) {
    head.Vary = 'Accept-Encoding';
    const encoding = pickEncoding(exchange.header('accept-encoding'));
    if (encoding) {
      head['Content-Encoding'] = encoding;
      body = await encode(encoding, body);
    }
  }
  head['Content-Length'] = body.length;
  if (!exchange.isOpen) return;
  exchange.response.writeHead(status, head);
  // Node leaves the body out where the request was a HEAD.
  exchange.response.end(body);
}

module.exports = { sendJson, sendNothing, sendProblem, sendText };
