import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run-command.mjs';
import { sourceFiles } from './sources.mjs';

/**
 * Compiles to dist/ unless dist/ was made from exactly the sources that are here.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function ensureBuild(root, say) {
  if (isBuilt(root)) return;
  say('compiling');
  const digest = sourceDigest(root);
  rmSync(stampOf(root), { force: true });
  await run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.json'], root);
  await run(process.execPath, [join('docker', 'copy-assets.mjs')], root);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stampOf(root), digest);
}

/** @type {(root: string) => boolean} */
export const isBuilt = (root) =>
  existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === sourceDigest(root);

const stampOf = (root) => join(root, 'dist', '.built');

/** Over names, sizes and times: exact enough, and a thousand files cost a few milliseconds. */
const sourceDigest = (root) => {
  const files = sourceFiles(root).map(({ path, size, mtimeMs }) => [path, size, mtimeMs]);
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
};
