import { execa } from 'execa';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesDir } from '../paths.js';

/**
 * Installs what the lockfile of one folder of docker/images pins, through npm's own configuration and cache. No script
 * of a package is run. The answer is the path of `node_modules`, somewhere under `folder`.
 */
export async function installed(recipe: 'node' | 'sandbox' | 'jest', folder: string): Promise<string> {
  const home = join(folder, recipe);
  await mkdir(home, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(join(imagesDir, recipe, file), join(home, file));
  }
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const { failed, stderr } = await execa('npm', args, { cwd: home, stdin: 'ignore', reject: false });
  if (failed) {
    const reason = stderr
      .split('\n')
      .filter((line) => line.startsWith('npm error'))
      .slice(0, 3)
      .join(' ');
    throw new Error(
      `npm could not fetch what the ${recipe} image needs: ${reason}. Check its access to the registry.`,
    );
  }
  return join(home, 'node_modules');
}
