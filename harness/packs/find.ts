import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PackError } from './error.js';

/** Ids of the packs in a folder, sorted: the names of the folders with an `assessment.ts`. */
export async function listPacks(root: string): Promise<string[]> {
  const found = await readdir(root, { withFileTypes: true });
  return found
    .filter((entry) => entry.isDirectory() && isPack(join(root, entry.name)))
    .map((entry) => entry.name)
    .sort();
}

/**
 * The folder of the pack meant by `ID|DIR`: a name is looked up in the roots, the first that has it wins; anything with a
 * separator is a path.
 * @throws PackError that lists the known packs
 */
export async function resolvePack(nameOrDir: string, ...roots: readonly string[]): Promise<string> {
  const isPath = /[/\\]|^\.\.?$/.test(nameOrDir);
  const dirs = isPath ? [resolve(nameOrDir)] : roots.map((root) => join(root, nameOrDir));
  const dir = dirs.find(isPack);
  if (dir !== undefined) return dir;
  if (isPath) throw new PackError(nameOrDir, null, 'is not a pack: it has no assessment.ts');
  const known = [...new Set((await Promise.all(roots.map(listPacks))).flat())].sort().join(', ');
  throw new PackError(
    nameOrDir,
    null,
    `there is no such assessment; known are: ${known === '' ? 'none' : known}`,
  );
}

const isPack = (dir: string): boolean => existsSync(join(dir, 'assessment.ts'));
