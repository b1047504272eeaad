import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import type { Place } from './compare.js';
import { isSource, tokenize, type TokenFile } from './tokens.js';

/** Past these a submission is read in part: what people write in a few hours is far less. */
const MAX_FILES = 400;
const MAX_FILE_BYTES = 200_000;
const MAX_BYTES = 1_000_000;

/** The code of a submission, as the comparison sees it. */
export async function readCode(archive: SubmissionArchive): Promise<TokenFile[]> {
  const files: TokenFile[] = [];
  let left = MAX_BYTES;
  for (const path of archive.paths.filter(isSource).slice(0, MAX_FILES)) {
    const bytes = await archive.read(path, MAX_FILE_BYTES).catch(tooLarge);
    if (bytes === null || bytes.length > left) continue;
    left -= bytes.length;
    files.push(tokenize({ path, text: bytes.toString('utf8') }));
  }
  return files;
}

/** The lines of a passage; the rest of a long one is left out. */
export async function readLines(
  archive: SubmissionArchive,
  { path, from, to }: Place,
  most: number,
): Promise<string> {
  const bytes = await archive.read(path, MAX_FILE_BYTES).catch(tooLarge);
  const lines = (bytes?.toString('utf8') ?? '').split('\n').slice(from - 1, Math.min(to, from - 1 + most));
  return lines.join('\n');
}

/** A file of that size is none that somebody wrote. */
function tooLarge(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'EFBIG') return null;
  throw error;
}

/** The code that every candidate of the assessment was given. */
export async function readStarter(packDir: string): Promise<TokenFile[]> {
  const starter = join(packDir, 'brief', 'starter');
  const entries = await readdir(starter, { recursive: true }).catch(() => []);
  const paths = entries.filter(isSource).sort();
  return Promise.all(
    paths.map(async (path) => tokenize({ path, text: await readFile(join(starter, path), 'utf8') })),
  );
}
