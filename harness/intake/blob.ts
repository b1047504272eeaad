import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { batched } from '../batched.js';
import type { Scratch } from './scratch.js';
import type { Spool } from './spool.js';
import { padding, tarEnd, tarHeader } from './tar-format.js';
import type { TreeFile } from './tree-file.js';

const DIGEST = /^[0-9a-f]{64}$/;
const WRITE_BYTES = 256 * 1024;

/** Where the clean tar of that content lies. */
export function blobPath(blobsDir: string, digest: string): string {
  if (!DIGEST.test(digest)) throw new Error('A digest is 64 lower-case hexadecimal digits.');
  return join(blobsDir, digest.slice(0, 2), `${digest}.tar`);
}

/** Where a file's content lies in the clean tar. */
export interface Extent {
  readonly offset: number;
  readonly size: number;
}

export interface StoredBlob {
  readonly digest: string;
  readonly bytes: number;
  /** In the order of the tar: sorted by path. */
  readonly index: ReadonlyMap<string, Extent>;
}

/**
 * Stores the clean tar: the same files give the same bytes, whatever they came in. It appears under its digest only when
 * complete and on the disk, so neither a reader nor a crash ever meets half of one. Content that is there is not written again.
 */
export async function storeBlob(
  files: readonly TreeFile[],
  spool: Spool,
  blobsDir: string,
  scratch: Scratch,
): Promise<StoredBlob> {
  const index = new Map<string, Extent>();
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of cleanTar(files, spool, index)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  const digest = hash.digest('hex');
  const final = blobPath(blobsDir, digest);
  const there = await stat(final).catch(() => null);
  if (there?.size !== bytes) {
    const temporary = await scratch.path('blob.tar');
    await writeDurably(temporary, batched(cleanTar(files, spool, index), WRITE_BYTES));
    await mkdir(dirname(final), { recursive: true });
    await rename(temporary, final);
  } else {
    // Handed in again: it is as young as its newest owner.
    const now = new Date();
    await utimes(final, now, now);
  }
  return { digest, bytes, index };
}

/** Puts the content in its place as a whole or not at all; that it fits the digest is for who opens it to see. */
export async function writeBlob(
  blobsDir: string,
  digest: string,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const final = blobPath(blobsDir, digest);
  await mkdir(dirname(final), { recursive: true });
  const partial = `${final}.${randomBytes(4).toString('hex')}.part`;
  try {
    await writeDurably(partial, content);
    await rename(partial, final);
  } finally {
    await rm(partial, { force: true });
  }
}

async function writeDurably(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of chunks) await file.writeFile(chunk);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function* cleanTar(
  files: readonly TreeFile[],
  spool: Spool,
  index: Map<string, Extent>,
): AsyncGenerator<Buffer> {
  let at = 0;
  for (const { path, executable, content } of files) {
    const header = tarHeader(path, content.size, executable);
    yield header;
    yield* spool.read(content);
    const fill = padding(content.size);
    yield fill;
    index.set(path, { offset: at + header.length, size: content.size });
    at += header.length + content.size + fill.length;
  }
  yield tarEnd();
}
