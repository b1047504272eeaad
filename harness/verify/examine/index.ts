import type { Pack } from '../../../assessments/kit/index.js';
import { loadPack, PackError } from '../../packs/index.js';
import { briefProblems } from './brief.js';
import { loadProblems } from './loads.js';
import { mutantProblems } from './mutants.js';
import { solutionProblems } from './solutions.js';
import { strayProblems } from './strays.js';
import { typeProblems } from './types.js';
import { wordProblems } from './words.js';

export interface Examined {
  /** Null when it cannot be loaded; the problems say why. */
  readonly pack: Pack | null;
  /** One sentence each, which begins with the file and, where known, the line. */
  readonly problems: readonly string[];
}

/** Whatever can be told of a pack without running anything of it in a container, all at once. Takes a second or two. */
export async function examinePack(dir: string): Promise<Examined> {
  const [types, loaded] = await Promise.all([typeProblems(dir), load(dir)]);
  if (typeof loaded === 'string') return { pack: null, problems: [...types, loaded] };
  const found = await Promise.all(
    [wordProblems, strayProblems, briefProblems, loadProblems, solutionProblems, mutantProblems].map(
      (examine) => examine(loaded),
    ),
  );
  return { pack: loaded, problems: [...types, ...found.flat()] };
}

const load = (dir: string): Promise<Pack | string> =>
  loadPack(dir).catch((error: unknown) => {
    if (error instanceof PackError) return error.message;
    throw error;
  });
