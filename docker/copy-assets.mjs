/**
 * Second half of the build: puts every file that code reads beside itself (templates, styles, SQL, schemas) into dist/
 * at the same place, and takes away what is left there of files that are gone.
 */
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesUnder } from './bootstrap/sources.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WITH_ASSETS = ['assessments/kit', 'harness', 'reports', 'runners'];
const COMPILED = ['assessments', 'docker', 'harness', 'reports', 'runners', 'test'];

for (const path of WITH_ASSETS.flatMap((folder) => filesUnder(root, folder))) {
  if (path.endsWith('.ts')) continue;
  const target = join(root, 'dist', path);
  if (isSame(join(root, path), target)) continue;
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(root, path), target);
}

for (const path of COMPILED.flatMap((folder) => filesUnder(join(root, 'dist'), folder))) {
  const source = path.replace(/\.js(\.map)?$/, '.ts');
  if (!existsSync(join(root, source)) && !existsSync(join(root, path))) rmSync(join(root, 'dist', path));
}

function isSame(from, to) {
  return (
    existsSync(to) &&
    statSync(to).size === statSync(from).size &&
    statSync(to).mtimeMs >= statSync(from).mtimeMs
  );
}
