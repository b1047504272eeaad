import { execa } from 'execa';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageStore } from '../../runners/sandbox/imageStore.js';
import { tarOf } from '../context.js';
import { digestOf } from '../digest.js';
import { aptOptions, debianSources, requireDebian } from './apt.js';
import { installed } from './npm.js';
import { nodeVersions } from './pinned.js';
import type { Bases, Say } from './types.js';

/** Unpacked, never configured: no script of a package runs, so this is all there is, and nothing is setuid. */
const OS = {
  variant: 'extract',
  packages:
    'base-files,bash,coreutils,dash,diffutils,findutils,grep,gzip,libatomic1,libc-bin,libstdc++6,mawk,sed,tar,tzdata',
};
/** Compilers want their alternatives set up, so these packages are installed in full. */
const TOOLCHAIN = { variant: 'essential', packages: 'g++,libatomic1,make,python3,tzdata' };
const LEFT_OUT = [
  '/usr/share/doc/*',
  '/usr/share/man/*',
  '/usr/share/info/*',
  '/usr/share/locale/*',
  '/usr/share/lintian/*',
];

/** Debian packages of this host's own archive, and Node as npm ships it: for machines that reach no image registry. */
export async function debianBases(store: ImageStore, say: Say): Promise<Bases> {
  await requireDebian(say);
  const versions = nodeVersions();
  return {
    road: 'debian',
    os: () => rootfs(store, say, 'os', OS),
    toolchain: () => rootfs(store, say, 'toolchain', TOOLCHAIN),
    async node(major) {
      const reference = `assayer/node:${versions[major]}`;
      if (await store.exists(reference)) return reference;
      say(`taking Node ${versions[major]} from npm`);
      const from = join(await installed('node'), `node${major}`);
      const entries = [
        { path: 'usr/local/bin/node', from: join(from, 'bin', 'node') },
        { path: 'usr/local/include/node', from: join(from, 'include', 'node') },
      ];
      await store.importTar(reference, tarOf(entries), LABELS);
      return reference;
    },
    async busybox() {
      const reference = `assayer/busybox:${digestOf(['busybox-static'])}`;
      if (await store.exists(reference)) return reference;
      await inScratch(async (folder) => {
        await execa('apt-get', ['download', 'busybox-static'], { cwd: folder, stdin: 'ignore' });
        await execa('sh', ['-c', 'dpkg-deb --extract busybox-static_*.deb root'], {
          cwd: folder,
          stdin: 'ignore',
        });
        await store.importTar(
          reference,
          tarOf([{ path: 'bin/busybox', from: join(folder, 'root/bin/busybox') }]),
          LABELS,
        );
      });
      return reference;
    },
  };
}

const LABELS = { 'dev.assayer.base': 'debian' };

async function rootfs(
  store: ImageStore,
  say: Say,
  name: string,
  recipe: { variant: string; packages: string },
): Promise<string> {
  const reference = `assayer/${name}:${digestOf([recipe.variant, recipe.packages, ...LEFT_OUT])}`;
  if (await store.exists(reference)) return reference;
  say(`making a Debian root file system (${name})`);
  await inScratch(async (folder) => {
    const tar = join(folder, 'root.tar');
    const { suite, sources } = await debianSources();
    await execa(
      'mmdebstrap',
      [
        `--variant=${recipe.variant}`,
        `--include=${recipe.packages}`,
        ...LEFT_OUT.map((path) => `--dpkgopt=path-exclude=${path}`),
        ...(await aptOptions()).map((option) => `--aptopt=${option}`),
        '--quiet',
        suite,
        tar,
        '-',
      ],
      { input: sources },
    );
    await store.importTar(reference, createReadStream(tar), LABELS);
  });
  return reference;
}

async function inScratch(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'assayer-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
