import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import { isSource } from '../../source/lexemes.js';
import { readCode, readSome } from '../../source/read.js';
import type { Place } from './compare.js';
import { tokenize, type TokenFile } from './tokens.js';

/** The code of a submission, as the comparison sees it. */
export async function readTokens(archive: SubmissionArchive): Promise<TokenFile[]> {
  return (await readCode(archive)).files.map(tokenize);
}

/** The lines of a passage; the rest of a long one is left out. */
export async function readLines(
  archive: SubmissionArchive,
  { path, from, to }: Place,
  most: number,
): Promise<string> {
  const bytes = await readSome(archive, path);
  const lines = (bytes?.toString('utf8') ?? '').split('\n').slice(from - 1, Math.min(to, from - 1 + most));
  return lines.join('\n');
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
