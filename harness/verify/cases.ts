import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LEVELS } from '../../assessments/kit/index.js';
import type { VerifyCase } from './types.js';

/** `mutants/<id>/mutant.json`. */
const mutantSchema = z.strictObject({
  title: z.string().min(10),
  practice: z.string(),
  /** Ids of exactly the checks that must fail. */
  caughtBy: z.array(z.string()).min(1),
});

/** Every submission that a pack ships: solutions, equivalents, cheats as folders, mutants as patches on the senior solution. */
export async function packCases(packDir: string): Promise<VerifyCase[]> {
  const senior = join(packDir, 'solutions', 'senior');
  const solutions = LEVELS.map((level): VerifyCase => {
    return { kind: 'solution', id: level, dir: join(packDir, 'solutions', level), patch: null };
  });
  const equivalents = (await folders(join(packDir, 'equivalents'))).map((id): VerifyCase => {
    return { kind: 'equivalent', id, dir: join(packDir, 'equivalents', id), patch: null };
  });
  const cheats = (await folders(join(packDir, 'cheats'))).map((id): VerifyCase => {
    return { kind: 'cheat', id, dir: join(packDir, 'cheats', id), patch: null };
  });
  const mutants = (await folders(join(packDir, 'mutants'))).map(async (id): Promise<VerifyCase> => {
    const folder = join(packDir, 'mutants', id);
    const { caughtBy } = await readMutant(join(folder, 'mutant.json'));
    return { kind: 'mutant', id, dir: senior, patch: join(folder, 'change.patch'), caughtBy };
  });
  return [...solutions, ...equivalents, ...cheats, ...(await Promise.all(mutants))];
}

async function readMutant(file: string): Promise<z.infer<typeof mutantSchema>> {
  const parsed = mutantSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!parsed.success)
    throw new Error(`${file} is not a mutant description: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

async function folders(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
