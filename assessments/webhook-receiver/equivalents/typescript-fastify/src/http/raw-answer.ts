import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROBLEM_TYPE, type Problem } from './problem.js';
import { SECURITY_HEADERS } from './standard-headers.js';

/** Answers on the bare connection, for what the HTTP parser cannot make a request of; then closes it. */
export function answerRaw(socket: Duplex, problem: Problem, requestId: string): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(problem.toBody());
  const headers = {
    ...SECURITY_HEADERS,
    'x-request-id': requestId,
    'content-type': PROBLEM_TYPE,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${head.join('')}\r\n${body}`);
}
