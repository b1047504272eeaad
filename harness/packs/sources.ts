import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';

/** The one file that every pack has. */
export const SPEC = 'assessment.ts';

/** What a pack's files are read for, by where they stand: folder and how their names end. */
export const PLACES = {
  checks: '.check.ts',
  stubs: '.stub.ts',
  load: '.load.ts',
} as const;

/** Names from the pack's folder, sorted, such as `checks/signature.check.ts`. */
export type Sources = Readonly<Record<'spec' | keyof typeof PLACES, readonly string[]>>;

export async function sourcesOf(dir: string): Promise<Sources> {
  const [spec, checks, stubs, load] = await Promise.all([
    entries(dir, '', SPEC),
    entries(dir, 'checks', PLACES.checks),
    entries(dir, 'stubs', PLACES.stubs),
    entries(dir, 'load', PLACES.load),
  ]);
  return { spec, checks, stubs, load };
}

async function entries(dir: string, folder: string, ending: string): Promise<string[]> {
  const names = await readdir(resolve(dir, folder)).catch(() => []);
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => (folder === '' ? name : `${folder}/${name}`));
}
