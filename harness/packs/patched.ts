import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { inScratch } from '../../docker/scratch.js';

/** Works on a copy of a solution with a patch applied, which is removed afterwards. @throws Error when it does not apply */
export const withPatched = <T>(
  solution: string,
  patch: string,
  work: (dir: string) => Promise<T>,
): Promise<T> =>
  withCopy(solution, async (copy) => {
    const refused = await applyPatch(copy, patch);
    if (refused !== null) throw new Error(`${patch} does not apply to ${solution}: ${refused}.`);
    return work(copy);
  });

/** Works on a copy of a solution, which is removed afterwards. */
export const withCopy = <T>(solution: string, work: (dir: string) => Promise<T>): Promise<T> =>
  inScratch(async (copy) => {
    await cp(solution, copy, { recursive: true, filter: (path) => !path.includes('node_modules') });
    return work(copy);
  });

/**
 * Changes the files of a folder as the patch says; with `--check` it only tries.
 * @returns null when it fits, else what git says about it, in one line
 */
export async function applyPatch(dir: string, patch: string, ...flags: '--check'[]): Promise<string | null> {
  // Outside any work tree, git applies to plain files.
  const { exitCode, stderr } = await execa('git', ['apply', '--whitespace=nowarn', ...flags, patch], {
    cwd: dir,
    env: { GIT_DIR: join(dir, '.none') },
    reject: false,
  });
  return exitCode === 0 ? null : (stderr.split('\n')[0] ?? '').replace(/^error: /, '');
}
