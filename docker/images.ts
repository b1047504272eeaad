import type { ImageStore } from '../runners/sandbox/imageStore.js';
import { debianBases } from './base/debian.js';
import { officialBases } from './base/official.js';
import type { Bases } from './base/types.js';
import { withLock } from './bootstrap/lock.mjs';
import { proberBundles } from './bundle.js';
import {
  builderRecipe,
  IMAGE_LABEL,
  jestRecipe,
  pauseRecipe,
  proberRecipe,
  sandboxRecipe,
  type Recipe,
} from './recipes.js';
import type { Setup } from './setup.js';
import type { Images } from './types.js';

/** A cold build takes two minutes; one that has not ended by then never will. */
const LOCK_MS = 20 * 60_000;

/**
 * Makes the images that are missing and answers with all of them. What is there is never made again, and what
 * changed is never reused, since each tag is a digest of its inputs. Safe to call from many processes at once.
 * @throws Error that says what could not be had and what to do
 */
export async function ensureImages(store: ImageStore, setup: Setup): Promise<Images> {
  const [pause, sandbox, jest] = [pauseRecipe(), sandboxRecipe(), jestRecipe()];
  const prober = proberRecipe(jest.reference, await proberBundles());
  await ensure(store, setup, [pause, sandbox, jest, prober]);
  return {
    sandbox: sandbox.reference,
    prober: prober.reference,
    pause: pause.reference,
    async builder() {
      const recipe = builderRecipe();
      await ensure(store, setup, [recipe]);
      return recipe.reference;
    },
  };
}

/** An image whose inputs changed is never used again; other versions of this program on the same engine may still want theirs. */
const OLD_DAYS = 7;

/** Removes images of earlier versions that nobody needs. */
export async function removeOldImages(store: ImageStore, images: Images): Promise<readonly string[]> {
  const { pause, sandbox, prober } = images;
  const keep = [pause, sandbox, prober, jestRecipe().reference, builderRecipe().reference];
  return store.removeOld(IMAGE_LABEL, keep, OLD_DAYS);
}

async function ensure(store: ImageStore, setup: Setup, recipes: readonly Recipe[]): Promise<void> {
  if ((await missing(store, recipes)).length === 0) return;
  await withLock('images', LOCK_MS, async () => {
    const wanted = await missing(store, recipes);
    if (wanted.length === 0) return;
    const bases = await chooseRoad(store, setup);
    for (const recipe of wanted) await recipe.make(store, bases, setup);
  });
}

const missing = async (store: ImageStore, recipes: readonly Recipe[]): Promise<readonly Recipe[]> => {
  const there = await Promise.all(recipes.map(({ reference }) => store.exists(reference)));
  return recipes.filter((_, index) => !there[index]);
};

const chooseRoad = async (store: ImageStore, setup: Setup): Promise<Bases> =>
  (await officialBases(store, setup)) ?? (await debianBases(store, setup));
