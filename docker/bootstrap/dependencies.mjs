import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run-command.mjs';

/**
 * Runs `npm ci` unless node_modules holds exactly what package-lock.json says.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function ensureDependencies(root, say) {
  if (isInstalled(root)) return;
  say('installing the npm packages');
  await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], root);
}

/**
 * npm leaves its own record of what it installed, and writes it last. Packages that are optional may be missing:
 * most are for other platforms.
 * @param {string} root
 * @returns {boolean}
 */
export function isInstalled(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const found = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = found[path];
    if (there === undefined) return entry.optional === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}
