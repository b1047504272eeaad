import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TOPICS, type Pack } from '../../../assessments/kit/index.js';
import { PackError } from '../../packs/index.js';
import { readMutants, type Mutant } from '../../packs/mutants.js';
import { sourceName } from '../../packs/evaluate.js';
import { applyPatch, withCopy } from '../../packs/patched.js';

const PRACTICES = Object.values(TOPICS).flatMap(({ practices }) => Object.keys(practices));

/** Each mutant can be made and names checks that there are; each check has one. Whether they are caught is for `pack verify`. */
export async function mutantProblems(pack: Pack): Promise<string[]> {
  const mutants = await readMutants(pack.dir).catch((error: unknown) => {
    if (error instanceof PackError) return error.message;
    throw error;
  });
  if (typeof mutants === 'string') return [mutants];
  return [
    ...mutants.flatMap((mutant) => described(mutant, pack)),
    ...(await patchProblems(pack.dir, mutants)),
    ...unproved(pack, mutants),
  ];
}

function described({ id, practice, caughtBy }: Mutant, { checks }: Pack): string[] {
  const file = `mutants/${id}/mutant.json`;
  const lost = caughtBy.filter((name) => !checks.some((check) => check.id === name));
  return [
    ...lost.map((name) => `${file}: caughtBy names no check of this pack: ${name}.`),
    ...(PRACTICES.includes(practice)
      ? []
      : [`${file}: there is no practice "${practice}"; one looks like 4.1.`]),
  ];
}

function unproved({ checks }: Pack, mutants: readonly Mutant[]): string[] {
  const proved = new Set(mutants.flatMap(({ caughtBy }) => caughtBy));
  return checks
    .filter(({ id, bar }) => !bar && !proved.has(id))
    .map(
      ({ id, file }) =>
        `${sourceName(file)}: no mutant is caught by check "${id}", so nothing shows that it can fail; add one to mutants.`,
    );
}

async function patchProblems(dir: string, mutants: readonly Mutant[]): Promise<string[]> {
  const senior = join(dir, 'solutions', 'senior');
  if (!existsSync(senior)) return [];
  return withCopy(senior, async (copy) => {
    const problems: string[] = [];
    for (const { id, folder } of mutants) {
      const file = `mutants/${id}/change.patch`;
      const patch = join(folder, 'change.patch');
      if (!existsSync(patch))
        problems.push(`${file}: is not there; make it with git diff --relative in solutions/senior.`);
      else {
        const refused = await applyPatch(copy, patch, '--check');
        if (refused !== null)
          problems.push(
            `${file}: does not apply to solutions/senior as it is now (${refused}); make it anew with git diff --relative in there.`,
          );
      }
    }
    return problems;
  });
}
