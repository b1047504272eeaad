import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StubReply } from '../../../../assessments/kit/index.js';
import type { RecordedCall } from './transcript.js';

const MAX_BODY_BYTES = 256 * 1024;

/** All bodies that are on their way to one stub, together. */
const MAX_ARRIVING_BYTES = 32 * 1024 * 1024;
/** What a piece of a body takes beside its bytes; a body may come byte by byte. */
const PIECE_BYTES = 512;

/** The memory that bodies on their way to one stub take. */
export class Arriving {
  bytes = 0;
}

/** The body of a call, or null when it is over the cap, or all that arrive together are. */
export async function readCapped(request: IncomingMessage, arriving: Arriving): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  let held = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      held += chunk.length + PIECE_BYTES;
      arriving.bytes += chunk.length + PIECE_BYTES;
      if (size > MAX_BODY_BYTES || arriving.bytes > MAX_ARRIVING_BYTES) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    arriving.bytes -= held;
  }
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
