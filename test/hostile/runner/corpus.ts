import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../../docker/paths.js';
import { expectedSchema, type Expected } from './schema.js';

export const corpusDir = join(projectRoot, 'test', 'hostile');

export interface Fixture {
  readonly name: string;
  /** Absolute, in the source tree. */
  readonly dir: string;
  readonly expected: Expected;
}

/** All fixtures, sorted by name. @throws Error naming the file and field that is wrong */
export async function readCorpus(): Promise<Fixture[]> {
  const entries = await readdir(corpusDir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory() && existsSync(join(corpusDir, entry.name, 'expected.json')))
    .map((entry) => entry.name)
    .sort();
  return Promise.all(names.map(readFixture));
}

async function readFixture(name: string): Promise<Fixture> {
  const dir = join(corpusDir, name);
  const parsed = expectedSchema.safeParse(JSON.parse(await readFile(join(dir, 'expected.json'), 'utf8')));
  if (!parsed.success) throw new Error(`${name}/expected.json: ${z.prettifyError(parsed.error)}`);
  return { name, dir, expected: parsed.data };
}

/** The fixtures whose names begin with one of `wanted`; all for none. @throws Error for a name that fits nothing */
export function choose(corpus: readonly Fixture[], wanted: readonly string[]): Fixture[] {
  const unknown = wanted.find((name) => !corpus.some((fixture) => fixture.name.startsWith(name)));
  if (unknown) throw new Error(`no fixture begins with "${unknown}"; see test/hostile`);
  return corpus.filter(({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
}
