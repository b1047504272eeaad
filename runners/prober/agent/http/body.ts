import type { IncomingMessage } from 'node:http';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { pipeline, type Duplex, type Readable } from 'node:stream';
import { ServiceError } from '../../../../assessments/kit/index.js';
import { MAX_BODY_BYTES } from './limits.js';

/**
 * Reads a body to its end, decompressed. Endless bodies and decompression bombs stop at the cap.
 * @throws ServiceError over the cap; the stream's own error otherwise
 */
export async function readBody(response: IncomingMessage): Promise<{ text: string; wireBytes: number }> {
  const chunks: Buffer[] = [];
  let wireBytes = 0;
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    wireBytes += chunk.length;
  });
  try {
    for await (const chunk of decoded(response) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES)
        throw new ServiceError(`sent a body of more than ${MAX_BODY_BYTES / 1024} KiB`);
      chunks.push(chunk);
    }
  } catch (error) {
    // An answer to HEAD or a 304 names an encoding and has no body; a decoder takes that for a broken one.
    if (!(response.complete && wireBytes === 0)) throw error;
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)), wireBytes };
}

/** The body as meant. An encoding we do not know is left as it is. */
export function decoded(response: IncomingMessage): Readable {
  const decoder = decoderFor(response.headers['content-encoding']);
  // An error on either side reaches the reader through the decoder, which `pipeline` destroys.
  return decoder ? pipeline(response, decoder, () => undefined) : response;
}

function decoderFor(encoding: string | undefined): Duplex | null {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return null;
  }
}
