import { sql } from 'kysely';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { RunRecord } from '../scoring/types.js';
import { hideNamesOnCard, nameHidden } from './blind.js';
import type { Store } from './database.js';
import { jsonb } from './json.js';

/** The scorecard as people may see it: names are hidden where the organisation reviews blind. */
export async function findScorecard(
  store: Store,
  organisation: string,
  run: string,
): Promise<Scorecard | null> {
  const row = await store
    .selectFrom('scorecards as c')
    .innerJoin('runs as r', 'r.id', 'c.run_id')
    .innerJoin('submissions as s', 's.id', 'r.submission_id')
    .select(['c.scorecard', nameHidden.as('hidden')])
    .where('s.organisation_id', '=', organisation)
    .where('c.run_id', '=', run)
    .executeTakeFirst();
  if (!row) return null;
  return row.hidden ? hideNamesOnCard(row.scorecard) : row.scorecard;
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

/** Puts another judgement of a run in the place of the former. `judgedBy` is the digest of the assessment, when it is another. */
export async function replaceScorecard(
  tx: Store,
  run: string,
  scorecard: Scorecard,
  judgedBy?: string,
): Promise<void> {
  await tx
    .updateTable('scorecards')
    .set({
      scorecard: jsonb(scorecard),
      revision: sql<number>`revision + 1`,
      ...(judgedBy !== undefined && { judged_by: judgedBy }),
    })
    .where('run_id', '=', run)
    .execute();
  await tx.updateTable('runs').set({ score: scorecard.overall.score }).where('id', '=', run).execute();
}
