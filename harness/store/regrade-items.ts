import { sql } from 'kysely';
import type { Difference } from '../review/regrade/difference.js';
import type { Store } from './database.js';
import type { RegradeItemState, RegradeKind } from './schema-review.js';

export interface RegradeView {
  readonly id: string;
  readonly kind: RegradeKind;
  readonly assessment: { readonly id: string; readonly version: string };
  readonly bar: number;
  readonly reason: string;
  readonly by: string;
  readonly createdAt: Date;
  /** `working` until all items are worked out. */
  readonly state: 'working' | 'ready' | 'promoted' | 'discarded';
  readonly closed: { readonly by: string; readonly reason: string; readonly at: Date } | null;
  readonly counts: Readonly<Record<RegradeItemState, number>> & {
    readonly up: number;
    readonly down: number;
  };
}

/** Newest first. */
export async function listRegrades(
  store: Store,
  organisation: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<RegradeView[]> {
  let query = regrades(store, organisation).orderBy('g.id', 'desc').limit(limit);
  if (before) query = query.where('g.id', '<', before);
  return (await query.execute()).map(toView);
}

export async function findRegrade(
  store: Store,
  organisation: string,
  id: string,
): Promise<RegradeView | null> {
  const row = await regrades(store, organisation).where('g.id', '=', id).executeTakeFirst();
  return row ? toView(row) : null;
}

const count = (condition: ReturnType<typeof sql>) =>
  sql<number>`(count(i.*) filter (where ${condition}))::int`;
const inState = (state: RegradeItemState) => count(sql`i.state = ${state}`);

function regrades(store: Store, organisation: string) {
  return store
    .selectFrom('regrades as g')
    .leftJoin('regrade_items as i', 'i.regrade_id', 'g.id')
    .selectAll('g')
    .select([
      inState('pending').as('pending'),
      inState('ready').as('ready'),
      inState('failed').as('failed'),
      inState('promoted').as('promoted'),
      inState('superseded').as('superseded'),
      count(sql`i.difference->>'crosses' = 'up'`).as('up'),
      count(sql`i.difference->>'crosses' = 'down'`).as('down'),
    ])
    .where('g.organisation_id', '=', organisation)
    .groupBy('g.id');
}

type Row = Awaited<ReturnType<ReturnType<typeof regrades>['executeTakeFirstOrThrow']>>;

function toView(row: Row): RegradeView {
  const { pending, ready, failed, promoted, superseded, up, down } = row;
  const { closed_as, closed_by, closed_reason, closed_at } = row;
  return {
    id: row.id,
    kind: row.kind,
    assessment: { id: row.assessment_id, version: row.assessment_version },
    bar: row.bar,
    reason: row.reason,
    by: row.actor_name,
    createdAt: row.created_at,
    state: closed_as ?? (pending > 0 ? 'working' : 'ready'),
    closed:
      closed_by === null || closed_reason === null || closed_at === null
        ? null
        : { by: closed_by, reason: closed_reason, at: closed_at },
    counts: { pending, ready, failed, promoted, superseded, up, down },
  };
}

export interface RegradeItem {
  readonly submission: string;
  /** The new run of a rerun; null for a rescore. */
  readonly run: string | null;
  readonly state: RegradeItemState;
  readonly difference: Difference | null;
  readonly problem: string | null;
}

/** Those that cross the bar first, then the largest differences, then the rest. */
export async function listItems(
  store: Store,
  organisation: string,
  regrade: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<RegradeItem[]> {
  const { rows } = await sql<RegradeItem>`
    select i.submission_id as submission, i.to_run as run, i.state, i.difference, i.problem
    from regrade_items i join regrades g on g.id = i.regrade_id
    where g.organisation_id = ${organisation} and g.id = ${regrade}
    order by i.difference->>'crosses' is null,
      abs((i.difference->>'after')::float8 - (i.difference->>'before')::float8) desc nulls last, i.submission_id
    offset ${offset} limit ${limit}`.execute(store);
  return rows;
}
