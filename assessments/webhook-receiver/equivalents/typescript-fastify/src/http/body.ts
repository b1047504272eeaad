import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

/** How long a client may go on sending a body that has been refused, so that it gets to read why. */
const LINGER_MS = 5_000;

/** The body, byte for byte. Throws a 413 as soon as it is known to be longer than `limit`, announced or not. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length']) > limit) throw refuse(request, limit);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > limit) {
        request.off('data', onData);
        reject(refuse(request, limit));
      }
    };
    request.on('data', onData);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(new Problem(400, 'The body ended before it was complete.')));
  });
}

/**
 * Reads the rest and throws it away: closing at once would reset the connection, and the client might never see
 * the answer. Not for long, though.
 */
function refuse(request: IncomingMessage, limit: number): Problem {
  request.resume();
  const cut = setTimeout(() => request.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(cut));
  return new Problem(413, `The body is longer than ${limit} bytes.`);
}
