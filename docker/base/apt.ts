import { execa } from 'execa';
import { arch } from 'node:process';
import { aptUpdate, ensureCommand } from '../commands.js';
import type { Setup } from '../setup.js';

/** Throws unless a Debian root file system for this machine can be made here; says what to do instead. */
export async function requireDebian(setup: Setup): Promise<void> {
  if (arch !== 'x64') {
    throw new Error(
      `The engine can pull no images, and without them Assayer can make its own for x64 only (this is ${arch}). Give the engine access to an image registry.`,
    );
  }
  await ensureCommand('mmdebstrap', 'mmdebstrap', setup);
}

interface DebianSources {
  readonly suite: string;
  /** In the one-line format of sources.list. */
  readonly sources: string;
}

/** Where this host's apt gets Debian from; sources of anyone else are left out. */
export async function debianSources(): Promise<DebianSources> {
  const known = await readSources();
  if (known !== null) return known;
  await aptUpdate();
  const fetched = await readSources();
  if (fetched !== null) return fetched;
  throw new Error(
    'The engine can pull no images, and this host has no Debian package source to make them from. Give the engine access to an image registry, or run on Debian.',
  );
}

/** Null until apt has fetched its lists, which say whose each source is. */
async function readSources(): Promise<DebianSources | null> {
  const { stdout } = await execa('apt-get', [
    'indextargets',
    '--format',
    '$(ORIGIN) $(CODENAME) $(REPO_URI) $(COMPONENT)',
    'Created-By: Packages',
  ]);
  const lines = stdout.split('\n').map((line) => line.split(' '));
  const debian = lines.filter(([origin]) => origin === 'Debian');
  const suite = debian.map(([, codename]) => codename ?? '').find((codename) => !codename.includes('-'));
  if (suite === undefined) return null;
  const sources = debian
    .filter(([, codename, , component]) => component === 'main' && codename?.startsWith(suite))
    .map(([, codename, uri]) => `deb ${uri} ${codename} main`);
  return { suite, sources: `${sources.join('\n')}\n` };
}

/** The proxies, certificates and retries that the host's apt is set up with. */
export async function aptOptions(): Promise<readonly string[]> {
  const { stdout } = await execa('apt-config', [
    'dump',
    '--no-empty',
    'Acquire::http',
    'Acquire::https',
    'Acquire::Retries',
  ]);
  return stdout.split('\n').filter((line) => line !== '');
}
