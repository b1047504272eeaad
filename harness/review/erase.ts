import type { Actor } from '../accounts/principal.js';
import type { RunQueue } from '../queue/queue.js';
import type { Store } from '../store/database.js';
import type { Remains } from '../store/erasure.js';
import { eraseRows, forgetInvites, overdue, withdraw } from '../store/erasure.js';
import type { ErasureCause } from '../store/schema-review.js';
import { removeArchives } from './blobs.js';

export interface EraseDeps {
  readonly store: Store;
  readonly queue: RunQueue;
  readonly blobsDir: string;
  /** How young an archive may be and yet be removed; for tests. */
  readonly settleMs?: number;
}

/**
 * Erases a submission: rows, archive, jobs. What cannot be removed at once (Redis is away, a worker on another machine
 * holds the archive) is removed by the sweep of the machine that has it. False when there is no such submission.
 */
export async function eraseSubmission(
  deps: EraseDeps,
  actor: Actor,
  submission: string,
  cause: ErasureCause,
): Promise<boolean> {
  const remains = await deps.store.transaction().execute((tx) => eraseRows(tx, actor, submission, cause));
  if (remains) await clearAway(deps, [remains]);
  return remains !== null;
}

/** Takes a candidate out with everything that was handed in by the invite. Returns how many submissions that were. */
export async function withdrawCandidate(deps: EraseDeps, actor: Actor, invite: string): Promise<number> {
  const remains = await withdraw(deps.store, actor, invite);
  await clearAway(deps, remains);
  return remains.length;
}

async function clearAway(
  { store, queue, blobsDir, settleMs }: EraseDeps,
  remains: readonly Remains[],
): Promise<void> {
  const digests = remains.flatMap(({ archive }) => archive ?? []);
  await removeArchives(store, blobsDir, digests, settleMs);
  // A job that outlives its run is a name that nobody can look up; Redis drops it when a worker takes it.
  await queue.forget(remains.flatMap(({ runs }) => runs)).catch(() => undefined);
}

const RETENTION: Omit<Actor, 'organisation'> = {
  kind: 'system',
  id: 'retention',
  name: 'Retention',
  address: null,
  requestId: null,
};

/** Erases some of what is kept longer than the policy of its organisation says. Returns how many submissions. */
export async function eraseOverdue(deps: EraseDeps, limit: number): Promise<number> {
  const due = await overdue(deps.store, limit);
  for (const { organisation, submission } of due) {
    await eraseSubmission(deps, { ...RETENTION, organisation }, submission, 'retention');
  }
  await forgetInvites(deps.store);
  return due.length;
}
