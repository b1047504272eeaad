import { join } from 'node:path';
import type { BuildRecipe, ImageStore } from '../runners/sandbox/imageStore.js';
import { installed } from './base/npm.js';
import type { Bases } from './base/types.js';
import type { Bundle } from './bundle.js';
import { tarOf, type Entry } from './context.js';
import { digestOf, digestOfFiles } from './digest.js';
import { accountFiles } from './etc.js';
import { imagesDir } from './paths.js';
import type { Setup } from './setup.js';

/** How one image is made. */
export interface Recipe {
  /** The name and tag; the tag is a digest of everything that goes in, on whichever road. */
  readonly reference: string;
  readonly label: string;
  make(store: ImageStore, bases: Bases, setup: Setup): Promise<void>;
}

/** The recipes and pins that every image of ours with an operating system depends on. */
const common = (): string => digestOfFiles([join(imagesDir, 'node'), join(imagesDir, 'base.json')]);

export function pauseRecipe(): Recipe {
  return recipe(
    'pause',
    digestOfFiles([join(imagesDir, 'pause'), join(imagesDir, 'base.json')]),
    async (bases) => ({
      args: { BUSYBOX: await bases.busybox() },
      entries: [dockerfile('pause')],
    }),
  );
}

export function sandboxRecipe(): Recipe {
  return recipe('sandbox', candidateDigest(), async (bases, setup) => ({
    target: 'sandbox',
    args: { OS: await bases.os(), ...(await nodes(bases)) },
    entries: await candidateEntries(setup),
  }));
}

export function builderRecipe(): Recipe {
  return recipe('builder', candidateDigest(), async (bases, setup) => ({
    target: 'builder',
    args: { OS: await bases.toolchain(), ...(await nodes(bases)) },
    entries: await candidateEntries(setup),
  }));
}

export function proberRecipe(bundles: readonly Bundle[]): Recipe {
  const digest = digestOf([
    common(),
    digestOfFiles([join(imagesDir, 'prober')]),
    JSON.stringify(accountFiles()),
    JSON.stringify(bundles),
  ]);
  return recipe('prober', digest, async (bases, setup) => ({
    args: { OS: await bases.os(), NODE22: await bases.node(22) },
    entries: [
      dockerfile('prober'),
      { path: 'node_modules', from: await installed('prober', setup) },
      { path: 'bundles/package.json', text: '{ "private": true, "type": "module" }\n' },
      ...bundles.map(({ name, text }) => ({ path: `bundles/${name}`, text })),
      ...accountFiles(),
    ],
  }));
}

const candidateDigest = (): string =>
  digestOf([common(), digestOfFiles([join(imagesDir, 'sandbox')]), JSON.stringify(accountFiles())]);

const candidateEntries = async (setup: Setup): Promise<readonly Entry[]> => [
  dockerfile('sandbox'),
  { path: 'launch', from: join(imagesDir, 'sandbox', 'launch') },
  { path: 'node_modules', from: await installed('sandbox', setup) },
  ...accountFiles(),
];

const nodes = async (bases: Bases): Promise<Record<string, string>> => ({
  NODE20: await bases.node(20),
  NODE22: await bases.node(22),
  NODE24: await bases.node(24),
});

const dockerfile = (name: string): Entry => ({
  path: 'Dockerfile',
  from: join(imagesDir, name, 'Dockerfile'),
});

interface Ingredients extends Omit<BuildRecipe, 'labels'> {
  readonly entries: readonly Entry[];
}

const recipe = (
  name: string,
  digest: string,
  gather: (bases: Bases, setup: Setup) => Promise<Ingredients>,
): Recipe => {
  const reference = `assayer/${name}:${digest}`;
  return {
    reference,
    label: name,
    async make(store, bases, setup) {
      const { entries, ...build } = await gather(bases, setup);
      await store.build(reference, tarOf(entries), { ...build, labels: { 'dev.assayer.base': bases.road } });
    },
  };
};
