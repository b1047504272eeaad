import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfFiles } from '../digest.js';
import { imagesDir } from '../paths.js';
import type { Setup } from '../setup.js';

/**
 * The `node_modules` of one folder of docker/images, installed on this machine through npm's own configuration
 * and kept until its lockfile changes. No script of a package is run.
 */
export async function installed(recipe: 'node' | 'sandbox' | 'jest', { stateDir }: Setup): Promise<string> {
  const source = join(imagesDir, recipe);
  const manifests = ['package.json', 'package-lock.json'];
  const digest = digestOfFiles(manifests.map((file) => join(source, file)));
  const home = join(stateDir, 'cache', `${recipe}-${digest}`);
  const modules = join(home, 'node_modules');
  if (existsSync(modules)) return modules;

  const draft = `${home}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    for (const file of manifests) await copyFile(join(source, file), join(draft, file));
    await execa('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], {
      cwd: draft,
      stdin: 'ignore',
    });
    await rm(home, { recursive: true, force: true });
    await rename(draft, home);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return modules;
}
