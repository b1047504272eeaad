import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['assessments', 'docker', 'harness', 'reports', 'runners', 'test'];
const FILES = ['package-lock.json', 'package.json', 'tsconfig.json'];
/** Code of candidates and material that is never compiled. */
const LEFT_OUT = new Set([
  'node_modules',
  'brief',
  'starter',
  'solutions',
  'mutants',
  'submission',
  'fixtures',
  'images',
]);

/**
 * Every file that the build is made from: path from the root, size in bytes, time of the last change.
 * @param {string} root
 */
export function sourceFiles(root) {
  return [...FILES, ...FOLDERS.flatMap((folder) => filesUnder(root, folder))]
    .filter((path) => existsSync(join(root, path)))
    .map((path) => {
      const { size, mtimeMs } = statSync(join(root, path));
      return { path, size, mtimeMs };
    });
}

/**
 * In a fixed order.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]} paths from the root
 */
export function filesUnder(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return [path];
      return entry.isDirectory() && !LEFT_OUT.has(entry.name) ? filesUnder(root, path) : [];
    });
}
