import type { UpdateObject } from 'kysely';
import { sql } from 'kysely';
import type { StageName, Verdict } from '../../assessments/kit/index.js';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { RunRecord } from '../scoring/types.js';
import type { Store } from './database.js';
import { recordEvent } from './events.js';
import { announceRun } from './hook-events.js';
import { jsonb } from './json.js';
import type { Claim } from './leases.js';
import type { Schema } from './schema.js';
import type { FinalState } from './types.js';

export interface Graded {
  readonly record: RunRecord;
  readonly scorecard: Scorecard;
}

/**
 * Every run ends here, exactly once: each of these writes the final state only where the run is not final yet, and a
 * result only for the holder of the current fence. All return false when somebody else was first.
 */
export function commitResult(store: Store, claim: Claim, { record, scorecard }: Graded): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    const score = scorecard.overall.score;
    const ended = await end(tx, claim, { state: 'done', score, verdict: scorecard.verdict });
    if (!ended) return false;
    await tx
      .insertInto('scorecards')
      .values({
        run_id: claim.run,
        record: jsonb(record),
        scorecard: jsonb(scorecard),
        judged_by: record.provenance.assessmentDigest,
      })
      .execute();
    await tx
      .updateTable('submissions')
      .set({ archive_digest: record.submission.digest })
      .where('id', '=', claim.submission)
      .where('archive_digest', 'is', null)
      .execute();
    return true;
  });
}

/** Ends a claimed run without a result. */
export function endWithout(
  store: Store,
  claim: Held,
  state: 'failed' | 'cancelled',
  verdict: Verdict,
): Promise<boolean> {
  return store.transaction().execute((tx) => end(tx, claim, { state, score: null, verdict }));
}

export type Cancellation = 'cancelled' | 'asked' | 'over';

/** A waiting run is cancelled at once; a running one when its worker hears of it; one that is over stays as it is. */
export function cancelRun(store: Store, organisation: string, run: string): Promise<Cancellation> {
  return store.transaction().execute(async (tx) => {
    const asked = await tx
      .updateTable('runs')
      .from('submissions')
      .set({ cancel_requested_at: sql<Date>`coalesce(cancel_requested_at, now())` })
      .whereRef('submissions.id', '=', 'runs.submission_id')
      .where('submissions.organisation_id', '=', organisation)
      .where('runs.id', '=', run)
      .where('runs.state', 'in', ['queued', 'running'])
      .returning('runs.state')
      .executeTakeFirst();
    if (!asked) return 'over';
    if (asked.state === 'running') return 'asked';
    await end(tx, { run }, { state: 'cancelled', score: null, verdict: cancelledVerdict('intake') });
    return 'cancelled';
  });
}

export const cancelledVerdict = (stage: StageName): Verdict => ({
  code: 'cancelled',
  stage,
  message: 'The run was cancelled on request before it had a result. Submit again for a score.',
  logTail: '',
});

type Held = Pick<Claim, 'run' | 'fence'>;

export interface Ending {
  readonly state: FinalState;
  readonly score: number | null;
  readonly verdict: Verdict | null;
}

/** With a fence: only for the holder of that claim. Without: for whoever has locked the row. */
export async function end(
  tx: Store,
  claim: Partial<Held> & { run: string },
  ending: Ending,
): Promise<boolean> {
  const values: UpdateObject<Schema, 'runs'> = {
    state: ending.state,
    score: ending.score,
    verdict: ending.verdict && jsonb(ending.verdict),
    lease_expires_at: null,
    finished_at: sql<Date>`now()`,
  };
  let update = tx.updateTable('runs').set(values).where('id', '=', claim.run);
  update =
    claim.fence === undefined
      ? update.where('state', 'in', ['queued', 'running'])
      : update.where('state', '=', 'running').where('fence', '=', claim.fence);
  const row = await update.returning('id').executeTakeFirst();
  if (!row) return false;
  await recordEvent(tx, claim.run, { type: 'finished', ...ending });
  await announceRun(tx, claim.run, ending);
  return true;
}
