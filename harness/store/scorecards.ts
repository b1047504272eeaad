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

/** What a finished run is judged from. */
export interface StoredRecord {
  readonly record: RunRecord;
  readonly organisation: string;
  readonly submission: string;
  /** Id of the assessment whose policy applies. */
  readonly assessment: string;
  /** Whether it is the run that counts for its submission. */
  readonly counts: boolean;
}

/** Of whatever organisation: for the operator of an installation. */
export async function findRecord(store: Store, run: string): Promise<StoredRecord | null> {
  const row = await store
    .selectFrom('scorecards as c')
    .innerJoin('runs as r', 'r.id', 'c.run_id')
    .innerJoin('submissions as s', 's.id', 'r.submission_id')
    .select(['c.record', 's.id as submission', 's.organisation_id as organisation'])
    .select(['s.assessment_id as assessment', 's.current_run'])
    .where('c.run_id', '=', run)
    .executeTakeFirst();
  if (!row) return null;
  const { current_run, ...found } = row;
  return { ...found, counts: current_run === run };
}

/** Puts another judgement of a run, by the same policy, in the place of the former. */
export async function replaceScorecard(tx: Store, run: string, scorecard: Scorecard): Promise<void> {
  await tx
    .updateTable('scorecards')
    .set({ scorecard: jsonb(scorecard), revision: sql<number>`revision + 1` })
    .where('run_id', '=', run)
    .execute();
  await tx.updateTable('runs').set({ score: scorecard.overall.score }).where('id', '=', run).execute();
}
