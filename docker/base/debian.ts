import { execa } from 'execa';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { ImageStore } from '../../runners/sandbox/imageStore.js';
import { tarOf } from '../context.js';
import { digestOf } from '../digest.js';
import { inScratch } from '../scratch.js';
import type { Setup } from '../setup.js';
import { NODE_MAJORS, type NodeMajor } from '../types.js';
import { aptOptions, debianSources, requireDebian } from './apt.js';
import { installed } from './npm.js';
import { basePins, nodeVersions, type RootFs } from './pinned.js';
import type { Bases } from './types.js';

const LABELS = { 'assayer.base': 'debian' };

/** Debian packages of this host's own archive, and Node as npm ships it: for machines that reach no image registry. */
export async function debianBases(store: ImageStore, setup: Setup): Promise<Bases> {
  await requireDebian(setup);
  const { debian, refreshed } = basePins();
  const made = async (reference: string, make: (reference: string) => Promise<void>): Promise<string> => {
    if (await store.exists(reference)) return reference;
    setup.say(`making the base ${reference}`);
    await make(reference);
    return reference;
  };
  const rootFs = (name: string, recipe: RootFs): Promise<string> =>
    made(`assayer/${name}:${digestOf([refreshed, JSON.stringify(recipe), ...debian.leftOut])}`, (reference) =>
      importRootFs(store, reference, recipe, debian.leftOut),
    );
  return {
    road: 'debian',
    os: () => rootFs('os', debian.os),
    toolchain: () => rootFs('toolchain', debian.toolchain),
    node: (major) => made(nodeImage(major), () => importNodes(store)),
    busybox: () =>
      made(`assayer/busybox:${digestOf([refreshed, debian.busybox])}`, (reference) =>
        importBusybox(store, reference, debian.busybox),
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

const nodeImage = (major: NodeMajor): string => `assayer/node:${nodeVersions()[major]}`;

/** All of them, since one install brings all. */
async function importNodes(store: ImageStore): Promise<void> {
  await inScratch(async (folder) => {
    const modules = await installed('node', folder);
    for (const major of NODE_MAJORS) {
      const parts = ['bin/node', 'include/node'];
      const entries = parts.map((part) => ({
        path: `usr/local/${part}`,
        from: join(modules, `node${major}`, part),
      }));
      await store.importTar(nodeImage(major), tarOf(entries), LABELS);
    }
  });
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
