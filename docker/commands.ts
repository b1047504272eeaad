import { execa } from 'execa';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withLock } from './bootstrap/lock.mjs';
import type { Setup } from './setup.js';

const INSTALL_MS = 10 * 60_000;
/** Where Debian keeps daemons, which a plain user's PATH may lack. */
const ALSO = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The path of a program, or null. */
export function findCommand(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...ALSO];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/**
 * The path of a program, installed with apt where it is missing and this process may do so.
 * @param packages Debian packages that bring it, separated by spaces
 * @throws Error that names what is missing and what to do
 */
export async function ensureCommand(name: string, packages: string, { say }: Setup): Promise<string> {
  const there = findCommand(name);
  if (there !== null) return there;
  if (process.getuid?.() !== 0 || findCommand('apt-get') === null) {
    throw new Error(
      `${name} is missing, and only root can install it here. Run: sudo apt-get install ${packages}`,
    );
  }
  return withLock('apt', INSTALL_MS, async () => {
    const meanwhile = findCommand(name);
    if (meanwhile !== null) return meanwhile;
    say(`installing ${packages} with apt`);
    await aptUpdate();
    await apt(['install', '--yes', '--no-install-recommends', ...packages.split(' ')]);
    const installed = findCommand(name);
    if (installed === null)
      throw new Error(`apt installed ${packages}, but ${name} is still missing. Install it by hand.`);
    return installed;
  });
}

export const aptUpdate = (): Promise<void> => apt(['update']);

async function apt(args: readonly string[]): Promise<void> {
  const result = await execa('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    stdin: 'ignore',
    timeout: INSTALL_MS,
    reject: false,
  });
  if (result.failed) {
    throw new Error(
      `apt-get ${args[0]} failed: ${result.stderr.trim().split('\n').slice(-3).join(' ')}. Run it by hand to see why.`,
    );
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
