import type { ImageStore } from '../../runners/sandbox/imageStore.js';
import type { Setup } from '../setup.js';
import { basePins, nodeVersions } from './pinned.js';
import type { Bases } from './types.js';

const PROBE_MS = 15_000;
const PULL_MS = 15 * 60_000;

/** The official images, where the engine can pull them; null where it cannot. Any architecture they exist for. */
export async function officialBases(store: ImageStore, { say }: Setup): Promise<Bases | null> {
  const { os, toolchain, node, busybox } = basePins().official;
  if (!(await store.obtain(os, PROBE_MS))) return null;
  const pulled = async (reference: string): Promise<string> => {
    say(`pulling ${reference}`);
    if (await store.obtain(reference, PULL_MS)) return reference;
    throw new Error(
      `The image ${reference} could not be pulled, though ${os} could. Check the engine's access to its registry.`,
    );
  };
  const versions = nodeVersions();
  return {
    road: 'official',
    os: () => Promise.resolve(os),
    toolchain: () => pulled(toolchain),
    node: (major) => pulled(node.replace('VERSION', versions[major])),
    busybox: () => pulled(busybox),
  };
}
