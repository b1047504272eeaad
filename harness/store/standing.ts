import { sql } from 'kysely';
import type { Store } from './database.js';

/** Where totals stand among all graded submissions of one version of an assessment. */
export interface Standing {
  readonly graded: number;
  /** For each total that was asked about: how many are lower. */
  readonly lower: ReadonlyMap<number, number>;
}

export async function standingOf(
  store: Store,
  organisation: string,
  assessment: { readonly id: string; readonly version: string },
  totals: readonly number[],
): Promise<Standing> {
  const counts = totals.map((total) => sql`count(*) filter (where r.score < ${total})`);
  const { graded, lower } = await store
    .selectFrom('submissions as s')
    .innerJoin('runs as r', 'r.id', 's.current_run')
    .select(sql<number>`count(*)::int`.as('graded'))
    .select(sql<number[]>`array[${sql.join(counts)}]::int[]`.as('lower'))
    .where('s.organisation_id', '=', organisation)
    .where('s.assessment_id', '=', assessment.id)
    .where('s.assessment_version', '=', assessment.version)
    .where('r.state', '=', 'done')
    .where('r.score', 'is not', null)
    .executeTakeFirstOrThrow();
  return { graded, lower: new Map(totals.map((total, index) => [total, lower[index] ?? 0])) };
}
