import type { ImageStore } from '../../runners/sandbox/imageStore.js';
import type { Setup } from '../setup.js';
import { basePins, nodeVersions } from './pinned.js';
import type { Bases } from './types.js';

/** A registry that cannot be reached is often silent rather than refused. */
const QUIET_MS = 20_000;

/** The official images, where the engine can pull them; null where it cannot. Any architecture they exist for. */
export async function officialBases(store: ImageStore, { say }: Setup): Promise<Bases | null> {
  const { os, toolchain, node, busybox } = basePins().official;
  if (!(await store.exists(os)) && !(await store.pull(os, QUIET_MS))) return null;
  const pulled = async (reference: string): Promise<string> => {
    if (await store.exists(reference)) return reference;
    say(`pulling ${reference}`);
    if (await store.pull(reference, QUIET_MS)) return reference;
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
