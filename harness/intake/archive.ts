import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { extract, type Header } from 'tar-stream';
import type { SubmissionArchive } from '../../assessments/kit/index.js';
import { blobPath, type Extent, type StoredBlob } from './blob.js';

/** The stored submission of that digest, checked byte for byte against it. Rejects when it is missing or damaged. */
export async function openArchive(blobsDir: string, digest: string): Promise<SubmissionArchive> {
  const hash = createHash('sha256');
  const index = new Map<string, Extent>();
  let bytes = 0;
  const reader = extract();
  reader.on('entry', (header: Header, content, next) => {
    index.set(header.name, {
      offset: (header as Header & { byteOffset: number }).byteOffset,
      size: header.size,
    });
    content.on('end', () => next());
    content.resume();
  });
  await pipeline(
    createReadStream(blobPath(blobsDir, digest)),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    reader,
  );
  if (hash.digest('hex') !== digest) {
    throw new Error(`The stored submission ${digest} is damaged: its content has another digest.`);
  }
  return archiveOf(blobsDir, { digest, bytes, index });
}

export function archiveOf(blobsDir: string, { digest, bytes, index }: StoredBlob): SubmissionArchive {
  const path = blobPath(blobsDir, digest);
  return {
    digest,
    bytes,
    paths: [...index.keys()],
    open: () => createReadStream(path),
    read: async (name, maxBytes) => {
      const extent = index.get(name);
      if (extent === undefined) return null;
      if (extent.size > maxBytes) {
        const message = `${name} has ${extent.size} bytes, more than the ${maxBytes} that may be read.`;
        throw Object.assign(new Error(message), { code: 'EFBIG' });
      }
      const file = await open(path, 'r');
      try {
        return await readFully(file, extent);
      } finally {
        await file.close();
      }
    },
  };
}

async function readFully(file: FileHandle, { offset, size }: Extent): Promise<Buffer> {
  const content = Buffer.alloc(size);
  for (let done = 0; done < size;) {
    const { bytesRead } = await file.read(content, done, size - done, offset + done);
    if (bytesRead === 0) throw new Error('The stored submission is shorter than its index says.');
    done += bytesRead;
  }
  return content;
}
