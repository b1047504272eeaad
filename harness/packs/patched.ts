import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Works on a copy of a solution with a patch applied, which is removed afterwards. */
export async function withPatched<T>(
  solution: string,
  patch: string,
  work: (dir: string) => Promise<T>,
): Promise<T> {
  const copy = await mkdtemp(join(tmpdir(), 'assayer-patched-'));
  try {
    await cp(solution, copy, { recursive: true, filter: (path) => !path.includes('node_modules') });
    // Outside any work tree, git applies to plain files.
    await execa('git', ['apply', '--whitespace=nowarn', patch], {
      cwd: copy,
      env: { GIT_DIR: join(copy, '.none') },
    });
    return await work(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
