import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Pack } from '../../../assessments/kit/index.js';
import { compile, isOfKit } from '../../packs/compile.js';
import { foldersOf } from '../../packs/mutants.js';
import { PLACES, sourcesOf } from '../../packs/sources.js';

/** What stands where nothing reads it, and what is read from where the pack will not take it along. */
export async function strayProblems({ dir }: Pack): Promise<string[]> {
  const { inputs } = await compile(dir, Object.values(await sourcesOf(dir)).flat());
  const unread = await Promise.all(
    Object.entries(PLACES).map(async ([folder, ending]) => {
      const files = (await codeUnder(dir, folder)).filter((file) => !inputs.has(file));
      return files.map(
        (file) => `${file}: is read by nothing; only ${folder}/*${ending} are, and what they import.`,
      );
    }),
  );
  return [
    ...unread.flat(),
    ...[...inputs]
      .filter(
        (file) => file.startsWith('../') && !isOfKit(join(dir, file)) && !file.includes('node_modules/'),
      )
      .map((file) => `${file}: is imported from outside of the pack, which has to be whole by itself.`),
    ...(await foldersOf(dir)).flatMap((folder) => {
      const meant = MISNAMED[folder];
      return meant === undefined
        ? []
        : [`${folder}: is read by nothing; the folder has to be called ${meant}.`];
    }),
  ];
}

/** Names that come to mind for a folder, and its name. */
const MISNAMED: Readonly<Record<string, string>> = {
  check: 'checks',
  stub: 'stubs',
  loads: 'load',
  solution: 'solutions',
  equivalent: 'equivalents',
  mutant: 'mutants',
  cheat: 'cheats',
};

async function codeUnder(dir: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(dir, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .sort();
}
