import { execa } from 'execa';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { ImageStore } from '../../runners/sandbox/imageStore.js';
import { tarOf } from '../context.js';
import { digestOf } from '../digest.js';
import { inScratch } from '../scratch.js';
import type { Setup } from '../setup.js';
import type { NodeMajor } from '../types.js';
import { aptOptions, debianSources, requireDebian } from './apt.js';
import { installed } from './npm.js';
import { basePins, nodeVersions, type RootFs } from './pinned.js';
import type { Bases } from './types.js';

const LABELS = { 'dev.assayer.base': 'debian' };

/** Debian packages of this host's own archive, and Node as npm ships it: for machines that reach no image registry. */
export async function debianBases(store: ImageStore, setup: Setup): Promise<Bases> {
  await requireDebian(setup);
  const pins = basePins();
  const made = async (
    name: string,
    version: string,
    make: (reference: string) => Promise<void>,
  ): Promise<string> => {
    const reference = `assayer/${name}:${version}`;
    if (await store.exists(reference)) return reference;
    setup.say(`making the base ${reference}`);
    await make(reference);
    return reference;
  };
  const rootFs = (name: string, recipe: RootFs): Promise<string> =>
    made(name, digestOf([pins.refreshed, JSON.stringify(recipe), ...pins.debian.leftOut]), (reference) =>
      importRootFs(store, reference, recipe, pins.debian.leftOut),
    );
  return {
    road: 'debian',
    os: () => rootFs('os', pins.debian.os),
    toolchain: () => rootFs('toolchain', pins.debian.toolchain),
    node: (major) =>
      made('node', nodeVersions()[major], (reference) => importNode(store, reference, major, setup)),
    busybox: () =>
      made('busybox', digestOf([pins.refreshed, pins.debian.busybox]), (reference) =>
        importBusybox(store, reference, pins.debian.busybox),
      ),
  };
}

async function importRootFs(
  store: ImageStore,
  reference: string,
  recipe: RootFs,
  leftOut: readonly string[],
): Promise<void> {
  const { suite, sources } = await debianSources();
  const options = [
    `--variant=${recipe.variant}`,
    `--include=${recipe.packages.join(',')}`,
    ...leftOut.map((path) => `--dpkgopt=path-exclude=${path}`),
    ...(await aptOptions()).map((option) => `--aptopt=${option}`),
  ];
  await inScratch(async (folder) => {
    const tar = join(folder, 'root.tar');
    await execa('mmdebstrap', ['--quiet', ...options, suite, tar, '-'], { input: sources });
    await store.importTar(reference, createReadStream(tar), LABELS);
  });
}

async function importNode(
  store: ImageStore,
  reference: string,
  major: NodeMajor,
  setup: Setup,
): Promise<void> {
  const from = join(await installed('node', setup), `node${major}`);
  const parts = ['bin/node', 'include/node'].map((part) => ({
    path: `usr/local/${part}`,
    from: join(from, part),
  }));
  await store.importTar(reference, tarOf(parts), LABELS);
}

/** Unpacked from the package, so that nothing is installed on this machine. */
async function importBusybox(store: ImageStore, reference: string, from: string): Promise<void> {
  await inScratch(async (folder) => {
    const here = { cwd: folder, stdin: 'ignore' } as const;
    await execa('apt-get', ['download', from], here);
    await execa('sh', ['-c', `dpkg-deb --extract ${from}_*.deb root`], here);
    await store.importTar(
      reference,
      tarOf([{ path: 'bin/busybox', from: join(folder, 'root/bin/busybox') }]),
      LABELS,
    );
  });
}
