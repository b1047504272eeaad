import { sql } from 'kysely';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { Actor } from '../accounts/principal.js';
import { judge, policyOf, type Override } from '../review/judge.js';
import { recordAudit } from './audit.js';
import type { Store } from './database.js';
import type { ExpectReview } from './reviews.js';
import { holdReview } from './reviews.js';
import { replaceScorecard } from './scorecards.js';

export interface RecordedOverride extends Override {
  readonly at: Date;
}

/** The overrides of a run that hold: the last one on each check, unless it took the former back. */
export async function readOverrides(store: Store, run: string): Promise<RecordedOverride[]> {
  const { rows } = await sql<RecordedOverride & { outcome: Override['outcome'] | null }>`
    select distinct on (check_id) check_id as check, outcome, reason, actor_name as by, recorded_at as at
    from overrides where run_id = ${run}
    order by check_id, id desc`.execute(store);
  return rows.filter(({ outcome }) => outcome !== null);
}

export interface NewOverride {
  readonly check: string;
  /** Null takes the former override back. */
  readonly outcome: Override['outcome'] | null;
  readonly reason: string;
}

export type Overridden =
  | { readonly kind: 'done'; readonly scorecard: Scorecard }
  | { readonly kind: 'unknownSubmission' | 'noScorecard' | 'unknownCheck' };

/** Puts a person's word in the place of a check's, and judges the run in force again by the same policy. */
export function override(
  store: Store,
  actor: Actor,
  submission: string,
  { check, outcome, reason }: NewOverride,
  expect: ExpectReview = async () => undefined,
): Promise<Overridden> {
  return store.transaction().execute(async (tx): Promise<Overridden> => {
    if (!(await holdReview(tx, actor.organisation, submission))) return { kind: 'unknownSubmission' };
    await expect(tx);
    const row = await tx
      .selectFrom('scorecards as c')
      .innerJoin('submissions as s', 's.current_run', 'c.run_id')
      .select(['c.run_id', 'c.record', 'c.scorecard'])
      .where('s.id', '=', submission)
      .forUpdate('c')
      .executeTakeFirst();
    if (!row || row.scorecard.status !== 'graded') return { kind: 'noScorecard' };
    if (!row.scorecard.checks.some(({ id }) => id === check)) return { kind: 'unknownCheck' };
    await tx
      .insertInto('overrides')
      .values({
        run_id: row.run_id,
        check_id: check,
        outcome,
        reason,
        actor_id: actor.id,
        actor_name: actor.name,
      })
      .execute();
    const scorecard = judge(row.record, await readOverrides(tx, row.run_id), policyOf(row.scorecard));
    await replaceScorecard(tx, row.run_id, scorecard);
    const details = { run: row.run_id, check, outcome };
    await recordAudit(tx, actor, { action: 'override.recorded', subject: submission, details });
    return { kind: 'done', scorecard };
  });
}
