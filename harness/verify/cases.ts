import { join } from 'node:path';
import { LEVELS } from '../../assessments/kit/index.js';
import { foldersOf, readMutants } from '../packs/mutants.js';
import type { VerifyCase } from './types.js';

/** Every submission that a pack ships: solutions, equivalents, cheats as folders, mutants as patches on the senior solution. */
export async function packCases(packDir: string): Promise<VerifyCase[]> {
  const senior = join(packDir, 'solutions', 'senior');
  const solutions = LEVELS.map((level): VerifyCase => {
    return { kind: 'solution', id: level, dir: join(packDir, 'solutions', level), patch: null };
  });
  const equivalents = (await foldersOf(join(packDir, 'equivalents'))).map((id): VerifyCase => {
    return { kind: 'equivalent', id, dir: join(packDir, 'equivalents', id), patch: null };
  });
  const cheats = (await foldersOf(join(packDir, 'cheats'))).map((id): VerifyCase => {
    return { kind: 'cheat', id, dir: join(packDir, 'cheats', id), patch: null };
  });
  const mutants = (await readMutants(packDir)).map(({ id, folder, caughtBy }): VerifyCase => {
    return { kind: 'mutant', id, dir: senior, patch: join(folder, 'change.patch'), caughtBy };
  });
  return [...solutions, ...equivalents, ...cheats, ...mutants];
}
