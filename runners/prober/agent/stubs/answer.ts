import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StubReply } from '../../../../assessments/kit/index.js';
import type { RecordedCall } from './transcript.js';

const MAX_BODY_BYTES = 256 * 1024;

/** The body of a call, or null when it is over the cap. */
export async function readCapped(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers as the rule says; a caller that has gone away gets nothing. */
export async function answer(response: ServerResponse, reply: StubReply, call: RecordedCall): Promise<void> {
  if (reply.delayMs) await sleep(reply.delayMs);
  if (response.destroyed || reply.fault === 'hang') return;
  if (reply.fault === 'reset') {
    response.destroy(new Error('reset as scripted'));
    return;
  }
  const body: unknown =
    typeof reply.body === 'function' ? (reply.body as (call: RecordedCall) => unknown)(call) : reply.body;
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const status = reply.status ?? 200;
  response.writeHead(status, {
    ...(text !== '' && {
      'content-type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
    }),
    'content-length': String(Buffer.byteLength(text)),
    ...lowerCase(reply.headers ?? {}),
  });
  call.answered = status;
  response.end(text);
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
