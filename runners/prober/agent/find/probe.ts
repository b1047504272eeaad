import { get } from 'node:http';
import type { Address } from '../../protocol.js';
import { DEFAULT_HEADERS, MAX_HEADER_BYTES, hostHeader } from '../http/limits.js';

/** The status that a GET gets there; null when nothing that speaks HTTP answers in time. The body is not read. */
export function answersHttp(at: Address, path: string, withinMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const request = get({
      host: at.host,
      port: at.port,
      path,
      agent: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      headers: { ...DEFAULT_HEADERS, host: hostHeader(at) },
    });
    const timer = setTimeout(() => settle(null), withinMs);
    function settle(status: number | null): void {
      clearTimeout(timer);
      request.destroy();
      resolve(status);
    }
    request.on('response', (response) => {
      response.on('error', () => undefined);
      settle(response.statusCode ?? null);
    });
    request.on('error', () => settle(null));
  });
}
