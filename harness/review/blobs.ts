import { setTimeout as sleep } from 'node:timers/promises';
import { blobAge, listBlobs, removeBlob } from '../intake/index.js';
import { dropArchives } from '../store/archives.js';
import type { Store } from '../store/database.js';
import { unneeded } from '../store/erasure.js';

/**
 * An archive is stored first and its submission accepted after, within the time that a statement may take. One younger than
 * this may be somebody else's who hands in the very same files.
 */
const SETTLE_MS = 60_000;
/** The database has it after this machine has. */
const SHARED_LATER_MS = 1000;

/** Removes the archives that no submission needs; one that was just handed in a little later. */
export async function removeArchives(
  store: Store,
  blobsDir: string,
  digests: readonly string[],
  settleMs = SETTLE_MS,
): Promise<void> {
  await dropArchives(store, digests, settleMs);
  for (const digest of await unneeded(store, digests)) {
    const age = await blobAge(blobsDir, digest);
    if (age === null) continue;
    if (age >= settleMs) await removeBlob(blobsDir, digest);
    else void removeLater(store, blobsDir, digest, settleMs, settleMs - age + SHARED_LATER_MS);
  }
}

/** Should this process end before, the sweep finds the archive. */
async function removeLater(
  store: Store,
  blobsDir: string,
  digest: string,
  settleMs: number,
  waitMs: number,
): Promise<void> {
  await sleep(Math.ceil(waitMs), undefined, { ref: false });
  await removeArchives(store, blobsDir, [digest], settleMs).catch(() => undefined);
}

const BATCH = 500;

/**
 * Removes archives of this machine and of the database that no submission needs and that were handed in longer ago than a run may take: those
 * of erased submissions that another machine accepted, and of runs that never came to an end.
 */
export async function sweepArchives(store: Store, blobsDir: string, olderThanMs: number): Promise<number> {
  await dropArchives(store, null, olderThanMs);
  const old = await listBlobs(blobsDir, olderThanMs);
  let removed = 0;
  for (let at = 0; at < old.length; at += BATCH) {
    for (const digest of await unneeded(store, old.slice(at, at + BATCH))) {
      await removeBlob(blobsDir, digest);
      removed += 1;
    }
  }
  return removed;
}
