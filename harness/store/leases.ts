import { sql } from 'kysely';
import type { Store } from './database.js';
import { recordEvent } from './events.js';
import type { SourceKind } from './types.js';

/** The right to grade a run, held by one worker until its lease ends. */
export interface Claim {
  readonly run: string;
  /** Goes with every write; a later claim makes it worthless. */
  readonly fence: number;
  /** From 1. */
  readonly attempt: number;
  readonly seed: string;
  readonly submission: string;
  readonly assessment: string;
  readonly source: { readonly kind: SourceKind; readonly name: string };
  readonly archiveDigest: string | null;
  readonly candidate: string | null;
  /** W3C traceparent of the request that asked for it, where traces are made. */
  readonly trace: string | null;
}

export interface ClaimOptions {
  readonly worker: string;
  readonly leaseSeconds: number;
  readonly maxAttempts: number;
  /** Whether the worker has kept itself free of other runs, as a suspect one needs it. */
  readonly alone: boolean;
}

/** Seconds as an interval, added to the database's own clock: no machine's clock decides about a lease. */
const inSeconds = (seconds: number) => sql<Date>`now() + make_interval(secs => ${seconds})`;

/** Takes the run if it waits. Null otherwise: somebody has it, it is over, or it wants another company. */
export async function claimRun(store: Store, run: string, options: ClaimOptions): Promise<Claim | null> {
  return store.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('runs as r')
      .from('submissions as s')
      .set((column) => ({
        state: 'running',
        attempts: sql<number>`r.attempts + 1`,
        fence: sql<number>`r.fence + 1`,
        worker: options.worker,
        lease_expires_at: inSeconds(options.leaseSeconds),
        started_at: column.fn.coalesce('r.started_at', sql<Date>`now()`),
      }))
      .whereRef('s.id', '=', 'r.submission_id')
      .where('r.id', '=', run)
      .where('r.cancel_requested_at', 'is', null)
      .where('r.attempts', '<', options.maxAttempts)
      .where('r.state', '=', 'queued')
      .where('r.suspect', '=', options.alone)
      .returning(['r.id', 'r.fence', 'r.attempts', 'r.seed', 'r.submission_id', 'r.trace'])
      .returning(['s.assessment_id', 's.source_kind', 's.source', 's.archive_digest', 's.candidate'])
      .executeTakeFirst();
    if (!row) return null;
    await recordEvent(tx, run, { type: 'started', attempt: row.attempts, worker: options.worker });
    return {
      run,
      fence: row.fence,
      attempt: row.attempts,
      seed: row.seed,
      submission: row.submission_id,
      assessment: row.assessment_id,
      source: { kind: row.source_kind, name: row.source },
      archiveDigest: row.archive_digest,
      candidate: row.candidate,
      trace: row.trace,
    };
  });
}

type Held = Pick<Claim, 'run' | 'fence'>;

/** The row, if the claim still holds it. */
const held = (store: Store, { run, fence }: Held) =>
  store.updateTable('runs').where('id', '=', run).where('state', '=', 'running').where('fence', '=', fence);

export type Renewal = 'held' | 'cancelled' | 'lost';

/** A sign of life. Says whether the run is still ours, and whether somebody wants it cancelled. */
export async function renewLease(store: Store, claim: Held, leaseSeconds: number): Promise<Renewal> {
  const row = await held(store, claim)
    .set({ lease_expires_at: inSeconds(leaseSeconds) })
    .returning('cancel_requested_at')
    .executeTakeFirst();
  if (!row) return 'lost';
  return row.cancel_requested_at ? 'cancelled' : 'held';
}

export interface Release {
  /** One sentence, shown to whoever watches. */
  readonly reason: string;
  /** False when the attempt was broken off through no fault at all, such as a restart of the worker. */
  readonly counts: boolean;
  readonly delaySeconds: number;
}

/** Gives the run back to the queue. False when it was not ours any more. */
export function releaseRun(store: Store, claim: Held, release: Release): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    const row = await held(tx, claim)
      .set({
        state: 'queued',
        lease_expires_at: null,
        attempts: sql<number>`attempts - ${release.counts ? 0 : 1}`,
        available_at: inSeconds(release.delaySeconds),
      })
      .returning('id')
      .executeTakeFirst();
    if (!row) return false;
    await recordEvent(tx, claim.run, { type: 'requeued', reason: release.reason });
    await tx.insertInto('outbox').values({ run_id: claim.run }).execute();
    return true;
  });
}
