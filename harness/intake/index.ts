import type { SubmissionArchive } from '../../assessments/kit/index.js';
import { AssayerError } from '../errors.js';
import { archiveOf } from './archive.js';
import { storeBlob } from './blob.js';
import { checkContent } from './content.js';
import { isFull } from './error-code.js';
import { readGit } from './git/fetch.js';
import { DEFAULT_LIMITS, type IntakeLimits } from './limits.js';
import { Refusal } from './refusal.js';
import { readDirectory } from './sources/directory.js';
import { formatOf, HEAD_BYTES } from './sources/format.js';
import { contentOf, fromFile, fromStream, headOf, type ArchiveInput } from './sources/input.js';
import { readGzip, readPlainTar } from './sources/tar.js';
import { readZip } from './sources/zip.js';
import { Scratch } from './scratch.js';
import { Spool } from './spool.js';
import { Tree } from './tree.js';
import type { EntrySink, IntakeOptions, IntakeSource, TakeIn } from './types.js';

export { openArchive } from './archive.js';
export { blobPath, writeBlob } from './blob.js';
export type { IntakeLimits } from './limits.js';
export { isFull } from './error-code.js';
export { blobAge, listBlobs, removeBlob } from './remove.js';
export { parseSource } from './parse-source.js';
export { sweepIntake } from './scratch.js';
export type { IntakeOptions, TakeIn } from './types.js';

/**
 * Makes one clean, stored tar of a source. Resolves with a verdict when the source is refused; rejects with `diskFull` or
 * another fault of ours, or with the signal's reason. Nothing but the blob is left behind in any case.
 */
export const takeIn: TakeIn = async (source, options) => {
  const scratch = new Scratch(options.blobsDir);
  const spool = new Spool(scratch);
  try {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const value = await cleaned(source, options, limits, spool, scratch);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, verdict: error.verdict() };
    throw isFull(error) ? new AssayerError('diskFull', { dir: options.blobsDir }, { cause: error }) : error;
  } finally {
    await spool.close();
    await scratch.remove();
  }
};

async function cleaned(
  source: IntakeSource,
  options: IntakeOptions,
  limits: IntakeLimits,
  spool: Spool,
  scratch: Scratch,
): Promise<SubmissionArchive> {
  const tree = new Tree(spool, limits);
  await readSource(source, tree, options, limits, scratch);
  options.signal?.throwIfAborted();
  const stripTopFolder = source.kind === 'archiveFile' || source.kind === 'archiveStream';
  const files = tree.finish({ stripTopFolder });
  checkContent(files);
  const stored = await storeBlob(files, spool, options.blobsDir, scratch);
  return archiveOf(options.blobsDir, stored);
}

async function readSource(
  source: IntakeSource,
  sink: EntrySink,
  options: IntakeOptions,
  limits: IntakeLimits,
  scratch: Scratch,
): Promise<void> {
  const { allowLocal = false, trustedGitHosts = [], signal } = options;
  switch (source.kind) {
    case 'directory':
      if (!allowLocal)
        throw new Refusal('sourceRefused', 'Folders of this machine are not taken here. Send an archive.');
      return readDirectory(source.path, sink);
    case 'archiveFile':
      return readArchive(await fromFile(source.path, limits), sink, limits);
    case 'archiveStream':
      return readArchive(await fromStream(source.stream, scratch, limits), sink, limits);
    case 'git':
      return readGit({ ...source, allowLocal, trustedHosts: trustedGitHosts, scratch, limits, signal }, sink);
  }
}

async function readArchive(input: ArchiveInput, sink: EntrySink, limits: IntakeLimits): Promise<void> {
  try {
    switch (formatOf(await headOf(input, HEAD_BYTES))) {
      case 'zip':
        return await readZip(input, sink, limits);
      case 'gzip':
        return await readGzip(contentOf(input), sink, limits);
      case 'tar':
        return await readPlainTar(contentOf(input), sink, limits);
    }
  } finally {
    if (input.kind === 'file') await input.file.close();
  }
}
