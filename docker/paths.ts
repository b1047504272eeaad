import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with our package.json, found from the source tree and from the build alike. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The recipes of the images; always read from the source tree. */
export const imagesDir = join(projectRoot, 'docker', 'images');

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from)
    throw new Error('Assayer runs from its own checkout; no package.json was found above it.');
  return findRoot(parent);
}
