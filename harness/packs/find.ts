import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PackError } from './error.js';

/** Ids of the packs in these folders, each once, sorted: the names of the folders with an `assessment.ts`. */
export async function listPacks(...roots: readonly string[]): Promise<string[]> {
  const found = await Promise.all(roots.map(packsIn));
  return [...new Set(found.flat())].sort();
}

async function packsIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && isPack(join(root, entry.name)))
    .map(({ name }) => name);
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
  const known = (await listPacks(...roots)).join(', ') || 'none';
  throw new PackError(nameOrDir, null, `there is no such assessment; known are: ${known}`);
}

const isPack = (dir: string): boolean => existsSync(join(dir, 'assessment.ts'));
