import { request as open, type ClientRequest, type IncomingMessage } from 'node:http';
import { ServiceError } from '../../../../assessments/kit/index.js';
import type { Address } from '../../protocol.js';
import { readBody } from './body.js';
import { explain } from './explain.js';
import { hostHeader, MAX_HEADER_BYTES, MAX_INTERIM_RESPONSES } from './limits.js';

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly timeoutMs: number;
  /** Any of these ends the exchange from our side. */
  readonly signals: readonly AbortSignal[];
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly wireBytes: number;
}

/**
 * One request and its complete answer, on a connection of its own: no answer can be lost to a keep-alive connection
 * that the service closes at the same moment. Redirects are not followed.
 * @throws ServiceError for whatever the service does wrong; the signal's reason when aborted
 */
export async function exchange(at: Address, wire: WireRequest): Promise<WireResponse> {
  const { request, response } = begin(at, wire);
  let late: ServiceError | null = null;
  const deadline = setTimeout(() => {
    late = new ServiceError(`gave no complete answer within ${wire.timeoutMs} ms`);
    request.destroy(late);
  }, wire.timeoutMs);
  try {
    const answer = await response;
    const body = await readBody(answer);
    return { status: answer.statusCode ?? 0, headers: flatHeaders(answer), ...body };
  } catch (error) {
    // Once the head has come, a destroyed request says only that the connection was lost.
    const aborted = wire.signals.find((signal) => signal.aborted);
    throw aborted ? aborted.reason : explain(late ?? error, wire);
  } finally {
    clearTimeout(deadline);
    request.destroy();
  }
}

/** Sends the request; `response` settles with the head of the answer. The caller destroys `request` in the end. */
export function begin(
  at: Address,
  wire: WireRequest,
): { request: ClientRequest; response: Promise<IncomingMessage> } {
  for (const signal of wire.signals) signal.throwIfAborted();
  const request = open({
    host: at.host,
    port: at.port,
    method: wire.method,
    path: wire.path,
    headers: { host: hostHeader(at), ...wire.headers },
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    let interim = 0;
    request.on('information', () => {
      if (++interim > MAX_INTERIM_RESPONSES)
        request.destroy(new ServiceError('sent interim responses without end'));
    });
    request.once('response', resolve);
    // Node gives the connection of a 101 away and takes the request for done: no deadline would reach it any more.
    request.once('upgrade', (_answer, socket) => {
      socket.destroy();
      reject(new ServiceError('answered 101 Switching Protocols, which nobody asked for'));
    });
    // Stays for the request's life: a socket may fail again after the answer has begun.
    request.on('error', reject);
  });
  for (const signal of wire.signals) {
    const abort = (): void => void request.destroy(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    request.once('close', () => signal.removeEventListener('abort', abort));
  }
  request.end(wire.body ?? undefined);
  return { request, response };
}

/** Repeated headers joined; `set-cookie` as well, as the kit promises. */
export function flatHeaders(message: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
