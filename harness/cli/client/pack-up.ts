import { createWriteStream } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { inScratch } from '../../../docker/scratch.js';
import { AssayerError } from '../../errors.js';
import { parseSource, takeIn } from '../../intake/index.js';
import type { NewSubmission } from './client.js';

/**
 * Hands what the source means to `send`: a git URL as it is, an archive from where it lies, a folder as an archive of
 * what git would keep, which is removed afterwards.
 * @throws AssayerError submissionRefused for a source that no server would take
 */
export async function packUp<T>(
  text: string,
  signal: AbortSignal,
  send: (source: NewSubmission['source']) => Promise<T>,
): Promise<T> {
  const source = await parseSource(text);
  if (!source.ok) throw new AssayerError('submissionRefused', { reason: source.verdict.message });
  if (source.value.kind === 'git') return send({ gitUrl: text });
  if (source.value.kind === 'archiveFile') {
    const { path } = source.value;
    return send({ archive: path, name: basename(path) });
  }
  const folder = source.value;
  return inScratch(async (dir) => {
    const taken = await takeIn(folder, { blobsDir: dir, allowLocal: true, signal });
    if (!taken.ok) throw new AssayerError('submissionRefused', { reason: taken.verdict.message });
    const archive = join(dir, 'submission.tar.gz');
    await pipeline(taken.value.open(), createGzip(), createWriteStream(archive));
    return send({ archive, name: `${basename(resolve(text))}.tar.gz` });
  });
}
