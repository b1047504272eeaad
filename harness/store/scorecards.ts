import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { Store } from './database.js';

export async function findScorecard(store: Store, run: string): Promise<Scorecard | null> {
  const row = await store
    .selectFrom('scorecards')
    .select('scorecard')
    .where('run_id', '=', run)
    .executeTakeFirst();
  return row?.scorecard ?? null;
}
