import { join } from 'node:path';
import type { BuildRecipe, ImageStore } from '../runners/sandbox/imageStore.js';
import { installed } from './base/npm.js';
import type { Bases } from './base/types.js';
import type { Bundle } from './bundle.js';
import { tarOf, type Entry } from './context.js';
import { digestOf, digestOfFiles } from './digest.js';
import { accountFiles } from './etc.js';
import { imagesDir } from './paths.js';
import { inScratch } from './scratch.js';
import type { Setup } from './setup.js';

/** How one image is made. */
export interface Recipe {
  /** The name and tag; the tag is a digest of everything that goes in, on whichever road. */
  readonly reference: string;
  make(store: ImageStore, bases: Bases, setup: Setup): Promise<void>;
}

export const pauseRecipe = (): Recipe =>
  recipe('pause', folders('pause'), async (bases) => ({
    args: { BUSYBOX: await bases.busybox() },
    entries: [],
  }));

export const sandboxRecipe = (): Recipe => candidateRecipe('sandbox', (bases) => bases.os());

/** As the sandbox image, but over a system with compilers, and with Node's headers. */
export const builderRecipe = (): Recipe => candidateRecipe('builder', (bases) => bases.toolchain());

const candidateRecipe = (target: 'sandbox' | 'builder', system: (bases: Bases) => Promise<string>): Recipe =>
  recipe(
    target,
    [...folders('sandbox'), JSON.stringify(accountFiles())],
    async (bases, folder) => {
      // Debian's archive and npm's registry at the same time; the Nodes come by one install, so they are one wait.
      const nodes = async (): Promise<Record<string, string>> => ({
        NODE20: await bases.node(20),
        NODE22: await bases.node(22),
        NODE24: await bases.node(24),
      });
      const [OS, versions, managers] = await Promise.all([
        system(bases),
        nodes(),
        installed('sandbox', folder),
      ]);
      return {
        target,
        args: { OS, ...versions },
        entries: [
          { path: 'launch', from: join(imagesDir, 'sandbox', 'launch') },
          { path: 'node_modules', from: managers },
          ...accountFiles(),
        ],
      };
    },
    'sandbox',
  );

export const jestRecipe = (): Recipe =>
  recipe('jest', [...folders('jest'), JSON.stringify(accountFiles())], async (bases, folder) => ({
    args: { OS: await bases.os(), NODE22: await bases.node(22) },
    entries: [{ path: 'node_modules', from: await installed('jest', folder) }, ...accountFiles()],
  }));

/** @param jest reference of the image that `jestRecipe` makes, which has to be there first */
export const proberRecipe = (jest: string, bundles: readonly Bundle[]): Recipe =>
  recipe('prober', [jest, ...folders('prober'), JSON.stringify(bundles)], () =>
    Promise.resolve({
      args: { JEST: jest },
      entries: [
        { path: 'programs/package.json', text: '{ "private": true, "type": "module" }\n' },
        ...bundles.map(({ name, text }) => ({ path: `programs/${name}`, text })),
      ],
    }),
  );

/** The digest of a recipe's own folder, and of the pins that every image depends on. */
const folders = (own: string): readonly string[] => [
  digestOfFiles(['base.json', 'node', own].map((name) => join(imagesDir, name))),
];

/** On all images that are made here; its value says from what. */
export const IMAGE_LABEL = 'assayer.base';

interface Ingredients extends Omit<BuildRecipe, 'labels'> {
  readonly entries: readonly Entry[];
}

/** @param gather is lent an empty folder for as long as the image is being made */
function recipe(
  name: string,
  inputs: readonly string[],
  gather: (bases: Bases, folder: string) => Promise<Ingredients>,
  folder = name,
): Recipe {
  const reference = `assayer/${name}:${digestOf(inputs)}`;
  return {
    reference,
    async make(store, bases, setup) {
      setup.say(`building the image ${reference}`);
      await inScratch(async (scratch) => {
        const { entries, ...build } = await gather(bases, scratch);
        const dockerfile = { path: 'Dockerfile', from: join(imagesDir, folder, 'Dockerfile') };
        const labels = { [IMAGE_LABEL]: bases.road };
        await store.build(reference, tarOf([dockerfile, ...entries]), { ...build, labels });
      });
    },
  };
}
