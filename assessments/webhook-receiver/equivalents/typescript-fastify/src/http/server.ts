import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '../logger.js';
import type { Drain } from './drain.js';
import { Problem } from './problem.js';
import { answerRaw } from './raw-answer.js';
import { requestIdFrom, SECURITY_HEADERS } from './standard-headers.js';

/**
 * The node server under Fastify. What every answer must have is put on here, before any routing, so that no
 * answer of the framework's own can go without it.
 */
export function createHttpServer(handle: RequestListener, drain: Drain): Server {
  const listener: RequestListener = (request, response) => {
    const requestId = requestIdFrom(request.headers['x-request-id']);
    request.headers['x-request-id'] = requestId;
    response.setHeader('x-request-id', requestId);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    drain.track(response);
    handle(request, response);
  };
  const server = createServer(
    {
      // Node would answer these itself, without a body and our headers.
      requireHostHeader: false,
      keepAliveTimeout: 65_000,
      headersTimeout: 15_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
    },
    listener,
  );
  server.on('checkExpectation', listener);
  server.on('connect', (_request, socket) => {
    answerRaw(socket, new Problem(404, 'There is nothing to connect to.'), requestIdFrom(undefined));
  });
  return server;
}

/** For bytes that are no request: answered like everything else, unless an answer has begun on that connection. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket, logger: Logger): void {
  const answering = (socket as Socket & { _httpMessage?: { headersSent: boolean } })._httpMessage;
  if (error.code === 'ECONNRESET' || answering?.headersSent) return void socket.destroy();
  const requestId = requestIdFrom(undefined);
  const problem = problemOf(error.code);
  logger.warn({ requestId, method: null, path: null, status: problem.status }, 'request not understood');
  answerRaw(socket, problem, requestId);
}

function problemOf(code: string | undefined): Problem {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(431, 'The headers of the request are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'The request did not arrive in time.');
    default:
      return new Problem(400, 'This is not a valid HTTP request.');
  }
}
