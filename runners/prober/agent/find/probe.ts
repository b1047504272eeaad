import { get } from 'node:http';
import { connect } from 'node:net';
import type { Address } from '../../protocol.js';
import { DEFAULT_HEADERS, MAX_HEADER_BYTES, hostHeader } from '../http/limits.js';

/** What a GET gets: a status, no connection, or nothing that is HTTP in time. */
export type Answer = number | 'refused' | 'silent';

/** Asks with a GET and does not read the body. */
export function askHttp(at: Address, path: string, withinMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const request = get({
      host: at.host,
      port: at.port,
      path,
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      headers: { ...DEFAULT_HEADERS, host: hostHeader(at) },
    });
    const timer = setTimeout(() => settle('silent'), withinMs);
    function settle(answer: Answer): void {
      clearTimeout(timer);
      request.destroy();
      resolve(answer);
    }
    request.on('response', (response) => {
      response.on('error', () => undefined);
      settle(response.statusCode ?? 'silent');
    });
    request.on('error', (error) =>
      settle('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'silent'),
    );
  });
}

/** Whether a port of the loopback interface is worth asking: anything but a refusal says that somebody is there. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: ACCEPT_MS });
    const settle = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', settle(true));
    socket.on('timeout', settle(true));
    socket.on('error', settle(false));
  });
}

const ACCEPT_MS = 500;
