import type { SubmissionArchive } from '../../assessments/kit/index.js';
import { isSource, type SourceFile } from './lexemes.js';

/** Past these a submission is read in part: what people write in a few hours is far less. */
const MAX_FILES = 400;
const MAX_FILE_BYTES = 200_000;
const MAX_BYTES = 1_000_000;

/** What somebody wrote of a submission. */
export interface Code {
  readonly files: readonly SourceFile[];
  /** Paths of those that were too large, or too many, to be read. */
  readonly unread: readonly string[];
}

/** @param wanted leaves out source files that do not matter */
export async function readCode(
  archive: SubmissionArchive,
  wanted: (path: string) => boolean = () => true,
): Promise<Code> {
  const paths = archive.paths.filter((path) => isSource(path) && wanted(path));
  const files: SourceFile[] = [];
  const unread = paths.slice(MAX_FILES);
  let left = MAX_BYTES;
  for (const path of paths.slice(0, MAX_FILES)) {
    const bytes = await readSome(archive, path);
    if (bytes === null || bytes.length > left) {
      unread.push(path);
      continue;
    }
    left -= bytes.length;
    files.push({ path, text: bytes.toString('utf8') });
  }
  return { files, unread };
}

/** Null for a file that is too large for one that somebody wrote, or that is not there. */
export async function readSome(archive: SubmissionArchive, path: string): Promise<Buffer | null> {
  return archive.read(path, MAX_FILE_BYTES).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EFBIG') return null;
    throw error;
  });
}
