/**
 * Runs in an install pod, which has no network: package managers there speak plain HTTP to this program, and it passes each
 * request on as HTTP/2 over its own standard input and output, which the worker holds.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, constants } from 'node:http2';
import { Duplex } from 'node:stream';
import { pick, RELAY_HOST, RELAY_PORT, REQUEST_HEADERS, RESPONSE_HEADERS } from './protocol.js';

const WINDOW_BYTES = 4 * 1024 * 1024;

const worker = connect('http://worker', {
  createConnection: () => Duplex.from({ readable: process.stdin, writable: process.stdout }),
  settings: { initialWindowSize: WINDOW_BYTES, enablePush: false },
});
worker.on('connect', () => worker.setLocalWindowSize(4 * WINDOW_BYTES));

const server = createServer(pass);
// Package managers keep connections; one that is closed while they use it would cost a retry.
server.keepAliveTimeout = 10 * 60_000;
server.listen(RELAY_PORT, RELAY_HOST);

worker.on('error', (error) => console.error(`relay: ${error.message}`));
worker.on('close', () => {
  server.close();
  server.closeAllConnections();
});

function pass(request: IncomingMessage, response: ServerResponse): void {
  const { HTTP2_HEADER_METHOD, HTTP2_HEADER_PATH, HTTP2_HEADER_STATUS } = constants;
  const upstream = worker.request(
    {
      [HTTP2_HEADER_METHOD]: request.method ?? 'GET',
      [HTTP2_HEADER_PATH]: request.url ?? '/',
      ...pick(REQUEST_HEADERS, request.headers),
    },
    { endStream: true },
  );
  request.resume();
  upstream.on('response', (headers) => {
    response.writeHead(
      Number(headers[HTTP2_HEADER_STATUS]),
      pick(RESPONSE_HEADERS, headers as Record<string, string>),
    );
    upstream.pipe(response);
  });
  // Cut off in the middle: the client must see a broken answer, not a short one.
  upstream.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  upstream.on('aborted', () => response.destroy());
  response.on('close', () => upstream.close());
}
