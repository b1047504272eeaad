import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '../../../assessments/kit/index.js';
import { LEVELS } from '../../../assessments/kit/index.js';
import { foldersOf } from '../../packs/mutants.js';

/** A solution of each level, and something that deserves no points. */
export async function solutionProblems({ dir }: Pack): Promise<string[]> {
  const [equivalents, cheats] = await Promise.all(
    ['equivalents', 'cheats'].map(async (folder) => named(folder, await foldersOf(join(dir, folder)))),
  );
  const shipped = [...named('solutions', LEVELS), ...(equivalents ?? []), ...(cheats ?? [])];
  const bare = shipped.filter((folder) => !existsSync(join(dir, folder, 'package.json')));
  return [
    ...bare.map(
      (folder) =>
        `${folder}: has no package.json, so it cannot be graded; ${WANTED[folder] ?? 'make it a whole repo.'}`,
    ),
    ...(cheats?.length === 0
      ? [`cheats: there is none; one that answers 200 to everything shows what it costs to know nothing.`]
      : []),
  ];
}

const WANTED: Readonly<Record<string, string>> = {
  'solutions/senior': 'it is the reference that must get every point, and what mutants are made from.',
  'solutions/mid': 'its score shows whether the checks tell levels apart.',
  'solutions/junior': 'its score shows whether the checks tell levels apart.',
};

const named = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => `${folder}/${name}`);
