import { sql } from 'kysely';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { Difference } from '../review/regrade/difference.js';
import type { RunRecord } from '../scoring/types.js';
import type { Store } from './database.js';
import { jsonb } from './json.js';
import type { RegradeKind } from './schema-review.js';

/** A submission of a regrade that waits to be worked out. */
export interface PendingItem {
  readonly regrade: string;
  readonly submission: string;
  readonly kind: RegradeKind;
  readonly assessment: string;
  readonly bar: number;
  readonly run: string;
  readonly record: RunRecord;
  readonly scorecard: Scorecard;
  readonly revision: number;
  /** Of a rerun that is done; null when it ended without a scorecard. */
  readonly rerun: Scorecard | null;
}

export type WorkedOut =
  | { readonly state: 'ready'; readonly difference: Difference; readonly draft: Scorecard | null }
  | { readonly state: 'failed'; readonly problem: string };

/**
 * Works out some items that are ripe: all of a rescore, those of a rerun whose run has ended. Returns how many. What was
 * measured is large, so one item at a time is read: pages are answered between them.
 */
export function workOut(
  store: Store,
  limit: number,
  judge: (item: PendingItem) => Promise<WorkedOut>,
): Promise<number> {
  return store.transaction().execute(async (tx) => {
    const keys = await lockRipe(tx, limit);
    for (const key of keys) {
      const item = await readItem(tx, key);
      await keepWorkedOut(tx, item, await judge(item));
    }
    return keys.length;
  });
}

type ItemKey = Pick<PendingItem, 'regrade' | 'submission'>;

async function lockRipe(tx: Store, limit: number): Promise<ItemKey[]> {
  const { rows } = await sql<ItemKey>`
    select i.regrade_id as regrade, i.submission_id as submission
    from regrade_items i
    join regrades g on g.id = i.regrade_id
    left join runs r on r.id = i.to_run
    where i.state = 'pending' and g.closed_as is null and (g.kind = 'rescore' or r.finished_at is not null)
    order by i.regrade_id, i.submission_id limit ${limit}
    for update of i skip locked`.execute(tx);
  return rows;
}

function readItem(tx: Store, { regrade, submission }: ItemKey): Promise<PendingItem> {
  return tx
    .selectFrom('regrade_items as i')
    .innerJoin('regrades as g', 'g.id', 'i.regrade_id')
    .innerJoin('scorecards as c', 'c.run_id', 'i.from_run')
    .leftJoin('scorecards as d', 'd.run_id', 'i.to_run')
    .select(['i.regrade_id as regrade', 'i.submission_id as submission', 'g.kind', 'g.bar'])
    .select(['g.assessment_id as assessment', 'c.run_id as run', 'c.record', 'c.scorecard', 'c.revision'])
    .select('d.scorecard as rerun')
    .where('i.regrade_id', '=', regrade)
    .where('i.submission_id', '=', submission)
    .executeTakeFirstOrThrow();
}

async function keepWorkedOut(tx: Store, item: PendingItem, out: WorkedOut): Promise<void> {
  const { regrade, submission, revision } = item;
  await tx
    .updateTable('regrade_items')
    .set(
      out.state === 'failed'
        ? { state: out.state, problem: out.problem }
        : {
            state: out.state,
            from_revision: revision,
            difference: jsonb(out.difference),
            draft: out.draft && jsonb(out.draft),
          },
    )
    .where('regrade_id', '=', regrade)
    .where('submission_id', '=', submission)
    .execute();
}
