import { sql, type Selectable } from 'kysely';
import type { StageName, Verdict } from '../../assessments/kit/index.js';
import type { Store } from './database.js';
import { cancelledVerdict, end, type Ending } from './endings.js';
import { readProgress, recordEvent } from './events.js';
import type { RunTable } from './schema.js';

export interface Expired {
  readonly requeued: number;
  readonly ended: number;
}

const BATCH = 100;

/**
 * Takes runs from workers that gave no sign of life: back to the queue, or, when cancelled or out of attempts, to
 * their end. Rows that another process is at are left to it.
 */
export function expireLeases(store: Store, maxAttempts: number): Promise<Expired> {
  return store.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('runs')
      .select(['id', 'attempts', 'cancel_requested_at', 'worker'])
      .where('state', '=', 'running')
      .where('lease_expires_at', '<', sql<Date>`now()`)
      .orderBy('lease_expires_at')
      .limit(BATCH)
      .forUpdate()
      .skipLocked()
      .execute();
    let ended = 0;
    for (const row of rows) {
      const verdict = await endingOf(tx, row, maxAttempts);
      if (verdict) ended += Number(await end(tx, { run: row.id }, verdict));
      else await requeue(tx, row.id, row.worker ?? 'a worker');
    }
    return { requeued: rows.length - ended, ended };
  });
}

type Lost = Pick<Selectable<RunTable>, 'id' | 'attempts' | 'cancel_requested_at'>;

/** Null when it may be tried again. */
async function endingOf(tx: Store, run: Lost, maxAttempts: number): Promise<Ending | null> {
  const cancelled = run.cancel_requested_at !== null;
  if (!cancelled && run.attempts < maxAttempts) return null;
  const stage = (await readProgress(tx, run.id)).stage ?? 'intake';
  return cancelled
    ? { state: 'cancelled', score: null, verdict: cancelledVerdict(stage) }
    : { state: 'failed', score: null, verdict: exhausted(run.attempts, stage) };
}

async function requeue(tx: Store, run: string, worker: string): Promise<void> {
  await tx
    .updateTable('runs')
    .set({ state: 'queued', suspect: true, lease_expires_at: null, available_at: sql<Date>`now()` })
    .where('id', '=', run)
    .execute();
  await recordEvent(tx, run, {
    type: 'requeued',
    reason: `The worker ${worker} gave no more sign of life; another one takes over.`,
  });
  await tx.insertInto('outbox').values({ run_id: run }).execute();
}

/** For a run whose every attempt ended with its worker. */
const exhausted = (attempts: number, stage: StageName): Verdict => ({
  code: 'attemptsExhausted',
  stage,
  message:
    `The submission was not graded: in each of ${attempts} attempts the worker stopped before it had a result. ` +
    "It costs the candidate nothing; look at the workers' logs and submit it again.",
  logTail: '',
});
