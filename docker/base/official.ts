import type { ImageStore } from '../../runners/sandbox/imageStore.js';
import { nodeVersions } from './pinned.js';
import type { Bases, Say } from './types.js';

const PROBE_MS = 10_000;
const PULL_MS = 15 * 60_000;
const OS = 'debian:bookworm-slim';

/** The official images, where the engine can pull them; null where it cannot. Any architecture they exist for. */
export async function officialBases(store: ImageStore, say: Say): Promise<Bases | null> {
  if (!(await store.obtain(OS, PROBE_MS))) return null;
  const pulled = async (reference: string): Promise<string> => {
    say(`pulling ${reference}`);
    if (await store.obtain(reference, PULL_MS)) return reference;
    throw new Error(
      `The image ${reference} could not be pulled, though ${OS} could. Check the engine's access to its registry.`,
    );
  };
  const versions = nodeVersions();
  return {
    road: 'official',
    os: () => Promise.resolve(OS),
    toolchain: () => pulled('buildpack-deps:bookworm'),
    node: (major) => pulled(`node:${versions[major]}-bookworm-slim`),
    busybox: () => pulled('busybox:stable-musl'),
  };
}
