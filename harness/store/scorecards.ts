import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { RunRecord } from '../scoring/types.js';
import type { Store } from './database.js';
import { jsonb } from './json.js';

export async function findScorecard(
  store: Store,
  organisation: string,
  run: string,
): Promise<Scorecard | null> {
  const row = await store
    .selectFrom('scorecards as c')
    .innerJoin('runs as r', 'r.id', 'c.run_id')
    .innerJoin('submissions as s', 's.id', 'r.submission_id')
    .select('c.scorecard')
    .where('s.organisation_id', '=', organisation)
    .where('c.run_id', '=', run)
    .executeTakeFirst();
  return row?.scorecard ?? null;
}

/** What a finished run is judged from, and the assessment whose policy applies. */
export async function findRecord(
  store: Store,
  run: string,
): Promise<{ record: RunRecord; assessment: string } | null> {
  const row = await store
    .selectFrom('scorecards as c')
    .innerJoin('runs as r', 'r.id', 'c.run_id')
    .innerJoin('submissions as s', 's.id', 'r.submission_id')
    .select(['c.record', 's.assessment_id'])
    .where('c.run_id', '=', run)
    .executeTakeFirst();
  return row ? { record: row.record, assessment: row.assessment_id } : null;
}

/** Puts a newly judged scorecard in the place of the former. */
export async function replaceScorecard(store: Store, run: string, scorecard: Scorecard): Promise<void> {
  await store.transaction().execute(async (tx) => {
    await tx
      .updateTable('scorecards')
      .set({ scorecard: jsonb(scorecard) })
      .where('run_id', '=', run)
      .execute();
    await tx.updateTable('runs').set({ score: scorecard.overall.score }).where('id', '=', run).execute();
  });
}
