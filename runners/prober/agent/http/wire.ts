import type { RequestOptions } from '../../../../assessments/kit/index.js';
import type { WireRequest } from './exchange.js';
import { DEFAULT_HEADERS, DEFAULT_TIMEOUT_MS } from './limits.js';

/** What goes over the wire for a request: the usual headers under its own, and the body as bytes. */
export function toWire(
  method: string,
  path: string,
  options: RequestOptions,
  ended: readonly AbortSignal[],
): WireRequest {
  const { body, type } = encode(options.body);
  const headers: Record<string, string> = { ...DEFAULT_HEADERS, ...(type && { 'content-type': type }) };
  for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = value;
  if (body !== null) headers['content-length'] ??= String(body.length);
  return {
    method: method.toUpperCase(),
    path,
    headers,
    body,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    signals: options.signal ? [...ended, options.signal] : ended,
  };
}

function encode(body: unknown): { body: Buffer | null; type: string | null } {
  if (body === undefined) return { body: null, type: null };
  if (typeof body === 'string') return { body: Buffer.from(body), type: null };
  if (ArrayBuffer.isView(body))
    return { body: Buffer.from(body.buffer, body.byteOffset, body.byteLength), type: null };
  return { body: Buffer.from(JSON.stringify(body)), type: 'application/json' };
}
