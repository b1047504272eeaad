import type { HttpExchange } from '../../../../assessments/kit/index.js';
import type { WireRequest, WireResponse } from './exchange.js';
import { DEFAULT_HEADERS } from './limits.js';
import type { Mask } from '../../mask.js';

const KEPT_BODY = 4096;
const KEPT_PATH = 500;
/** curl adds these itself. */
const NOT_IN_CURL = ['host', 'content-length'];

/** What evidence keeps of an exchange: capped, masked, with a command that repeats it. */
export function recordExchange(
  mask: Mask,
  wire: WireRequest,
  response: WireResponse | null,
  failure: string | null,
  durationMs: number,
): HttpExchange {
  const path = mask.text(wire.path, KEPT_PATH);
  const headers = mask.headers(wire.headers);
  const body = wire.body === null ? null : mask.text(printable(wire.body), KEPT_BODY);
  return {
    request: { method: wire.method, path, headers, body },
    response: response && {
      status: response.status,
      headers: mask.headers(response.headers),
      body: mask.text(response.text, KEPT_BODY),
      truncated: response.text.length > KEPT_BODY,
    },
    failure: failure === null ? null : mask.text(failure, 500),
    durationMs,
    curl: curl(mask, wire.method, path, headers, body),
  };
}

function curl(
  mask: Mask,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | null,
): string {
  const words = [method === 'HEAD' ? 'curl -I' : 'curl -i'];
  if (method !== (body === null ? 'GET' : 'POST') && method !== 'HEAD') words.push(`-X ${method}`);
  words.push(`"$BASE_URL"${mask.shell(path)}`);
  for (const [name, value] of Object.entries(headers)) {
    if (NOT_IN_CURL.includes(name) || DEFAULT_HEADERS[name] === value) continue;
    words.push(`-H ${mask.shell(`${name}: ${value}`)}`);
  }
  if (body !== null) words.push(`--data-binary ${mask.shell(body)}`);
  return words.join(' ');
}

function printable(body: Buffer): string {
  const text = body.subarray(0, KEPT_BODY * 2).toString('utf8');
  return text.includes('\ufffd') ? `<${body.length} bytes>` : text + (body.length > KEPT_BODY * 2 ? '…' : '');
}
