import type { OrderByItemBuilder, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { nameHiddenIn } from './blind.js';
import type { Store } from './database.js';
import type { SubmissionView } from './submissions.js';
import { submissionViews, toView } from './submissions.js';
import type { RunState } from './types.js';

export const SORTS = ['newest', 'oldest', 'highest', 'lowest', 'name'] as const;
export type Sort = (typeof SORTS)[number];

export interface Search {
  /** In the candidate's name and the source, unless they are hidden, or the id. Upper and lower case are the same. */
  readonly words?: string | undefined;
  readonly state?: RunState | undefined;
  readonly assessment?: string | undefined;
  readonly submittedBy?: string | undefined;
  readonly sort: Sort;
  /** As a former answer gave it in `next`; one that is none of ours begins at the beginning. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface Found {
  readonly items: readonly SubmissionView[];
  /** Null on the last page. */
  readonly next: string | null;
}

interface Order {
  readonly by: RawBuilder<string | number | null>;
  readonly direction: 'asc' | 'desc';
  readonly valueOf: (view: SubmissionView) => string | number | null;
}

/** Null: by id alone, which sorts by age. Whatever has no value comes last. */
const ORDERS: Readonly<Record<Sort, ((organisation: string) => Order) | null>> = {
  newest: null,
  oldest: null,
  highest: () => ({ by: sql`r.score`, direction: 'desc', valueOf: ({ run }) => run.score }),
  lowest: () => ({ by: sql`r.score`, direction: 'asc', valueOf: ({ run }) => run.score }),
  name: (organisation) => ({
    by: sql`case when not ${nameHiddenIn(organisation)} then lower(s.candidate) end`,
    direction: 'asc',
    valueOf: ({ submission }) => submission.candidate?.toLowerCase() ?? null,
  }),
};

/** Pages by the place of the last row, not by a count, so that what arrives meanwhile moves nothing. */
export async function searchSubmissions(store: Store, organisation: string, search: Search): Promise<Found> {
  const order = ORDERS[search.sort]?.(organisation) ?? null;
  const down = search.sort === 'oldest' ? 'asc' : 'desc';
  const nulls = (by: OrderByItemBuilder): OrderByItemBuilder =>
    (order?.direction === 'asc' ? by.asc() : by.desc()).nullsLast();
  // First which they are, then all that is shown of them: of thousands, most are not shown.
  let chosen = filtered(store, organisation, search).select('s.id');
  if (order) chosen = chosen.orderBy(order.by, nulls);
  chosen = chosen.orderBy('s.id', down).limit(search.limit + 1);
  const place = readPlace(search.after);
  if (place) chosen = chosen.where(behind(place, order, down));
  let shown = submissionViews(store, organisation).where('s.id', 'in', chosen);
  if (order) shown = shown.orderBy(order.by, nulls);
  const views = (await shown.orderBy('s.id', down).execute()).map(toView);
  const items = views.slice(0, search.limit);
  const last = items.at(-1);
  const more = views.length > search.limit && last !== undefined;
  return { items, next: more ? writePlace([order?.valueOf(last) ?? null, last.submission.id]) : null };
}

/** How many of them are in each state. */
export async function countStates(
  store: Store,
  organisation: string,
  search: Pick<Search, 'words' | 'assessment' | 'submittedBy'>,
): Promise<Partial<Record<RunState, number>>> {
  const rows = await filtered(store, organisation, { ...search, state: undefined })
    .select(['r.state', sql<number>`count(*)::int`.as('count')])
    .groupBy('r.state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** How many submissions each assessment has, by id. */
export async function countByAssessment(store: Store, organisation: string): Promise<Map<string, number>> {
  const rows = await store
    .selectFrom('submissions')
    .select(['assessment_id', sql<number>`count(*)::int`.as('count')])
    .where('organisation_id', '=', organisation)
    .groupBy('assessment_id')
    .execute();
  return new Map(rows.map(({ assessment_id, count }) => [assessment_id, count]));
}

/** How many graded submissions each assessment has, by id; most first. */
export async function countGraded(store: Store, organisation: string): Promise<Map<string, number>> {
  const rows = await submissionViews(store, organisation)
    .where('r.state', '=', 'done')
    .clearSelect()
    .select(['s.assessment_id', sql<number>`count(*)::int`.as('count')])
    .groupBy('s.assessment_id')
    .orderBy('count', 'desc')
    .execute();
  return new Map(rows.map(({ assessment_id, count }) => [assessment_id, count]));
}

function filtered(
  store: Store,
  organisation: string,
  { words, state, assessment, submittedBy }: Omit<Search, 'sort' | 'limit'>,
) {
  let query = store
    .selectFrom('submissions as s')
    .innerJoin('runs as r', 'r.id', 's.current_run')
    .where('s.organisation_id', '=', organisation);
  if (state) query = query.where('r.state', '=', state);
  if (assessment) query = query.where('s.assessment_id', '=', assessment);
  if (submittedBy) query = query.where('s.submitted_by', '=', submittedBy);
  if (words) {
    const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<boolean>`((s.candidate ilike ${pattern} or s.source ilike ${pattern}) and not ${nameHiddenIn(organisation)} or s.id = ${words})`,
    );
  }
  return query;
}

/** Value and id of the last row of a page. */
type Place = readonly [string | number | null, string];

function behind([value, id]: Place, order: Order | null, down: 'asc' | 'desc') {
  const older = down === 'desc' ? sql<boolean>`s.id < ${id}` : sql<boolean>`s.id > ${id}`;
  if (!order) return older;
  const { by, direction } = order;
  if (value === null) return sql<boolean>`(${by} is null and ${older})`;
  const further = direction === 'desc' ? sql`${by} < ${value}` : sql`${by} > ${value}`;
  return sql<boolean>`(${further} or (${by} = ${value} and ${older}) or ${by} is null)`;
}

const writePlace = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

function readPlace(text: string | undefined): Place | null {
  if (!text) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(place) || place.length !== 2) return null;
    const [value, id] = place as unknown[];
    const isValue = value === null || typeof value === 'string' || typeof value === 'number';
    return isValue && typeof id === 'string' ? [value, id] : null;
  } catch {
    return null;
  }
}
