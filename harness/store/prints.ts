import { sql } from 'kysely';
import type { Store } from './database.js';

/** A graded submission whose code was not read yet. */
export interface Unread {
  readonly submission: string;
  readonly organisation: string;
  readonly assessment: string;
  readonly archive: string;
}

export function unreadSubmissions(store: Store, limit: number): Promise<Unread[]> {
  return store
    .selectFrom('submissions as s')
    .innerJoin('runs as r', 'r.id', 's.current_run')
    .leftJoin('code_readings as c', 'c.submission_id', 's.id')
    .select(['s.id as submission', 's.organisation_id as organisation', 's.assessment_id as assessment'])
    .select(sql<string>`s.archive_digest`.as('archive'))
    .where('r.state', '=', 'done')
    .where('s.archive_digest', 'is not', null)
    .where('c.submission_id', 'is', null)
    .orderBy('s.id', 'desc')
    .limit(limit)
    .execute();
}

/** Keeps the prints of a submission; nothing when it was erased or read meanwhile. */
export async function keepPrints(store: Store, read: Unread, prints: readonly number[]): Promise<void> {
  const { submission, organisation, assessment } = read;
  await sql`
    with reading as (
      insert into code_readings (submission_id, organisation_id, assessment_id, prints)
      select id, ${organisation}, ${assessment}, ${prints.length} from submissions where id = ${submission} for key share
      on conflict do nothing
      returning submission_id
    )
    insert into code_prints (submission_id, organisation_id, assessment_id, print)
    select submission_id, ${organisation}, ${assessment}, print
    from reading, unnest(${prints.map(String)}::bigint[]) as print`.execute(store);
}

/** A submission that shares some of its prints with another one. */
export interface Alike {
  readonly submission: string;
  /** Prints that both have and few others. */
  readonly shared: number;
  /** Share (0 to 1) of the prints of the one with fewer that the other has too. */
  readonly share: number;
}

/** What so many of an assessment's submissions have, at least, is how everybody writes it, and says nothing. */
const COMMON_LEAST = 4;
const COMMON_SHARE = 0.1;
/** Also where there are thousands: a solution that went around is handed in less often than this. */
const COMMON_MOST = 200;

/**
 * Submissions of the same assessment that share most, from other candidates as far as is known: attempts of one invite or
 * of one name are not compared.
 */
export async function findAlike(
  store: Store,
  organisation: string,
  submission: string,
  { least, limit }: { readonly least: number; readonly limit: number },
): Promise<Alike[]> {
  const { rows } = await sql<Alike>`
    with me as (
      select s.id, s.invite_id, lower(trim(s.candidate)) as candidate, c.assessment_id, c.prints
      from submissions s join code_readings c on c.submission_id = s.id
      where s.organisation_id = ${organisation} and s.id = ${submission}
    ), most as (
      select least(${COMMON_MOST}, greatest(${COMMON_LEAST}, ${COMMON_SHARE}::float8 * count(*)))::int as holders
      from code_readings c, me
      where c.organisation_id = ${organisation} and c.assessment_id = me.assessment_id
    ), found as (
      select p.submission_id, count(*) over (partition by mine.print) as holders
      from me
      join code_prints mine on mine.submission_id = me.id
      cross join lateral (
        select c.submission_id from code_prints c
        where c.organisation_id = ${organisation} and c.assessment_id = me.assessment_id and c.print = mine.print
        limit (select holders + 1 from most)
      ) p
    ), shared as (
      select submission_id, count(*)::int as shared from found, most
      where found.holders <= most.holders
      group by submission_id
    )
    select c.submission_id as submission, shared.shared, shared.shared::float8 / greatest(1, least(c.prints, me.prints)) as share
    from me, shared
    join code_readings c using (submission_id)
    join submissions s on s.id = c.submission_id
    where c.submission_id <> me.id
      and s.invite_id is distinct from coalesce(me.invite_id, '')
      and lower(trim(s.candidate)) is distinct from coalesce(me.candidate, '')
      and shared.shared >= ${least}::float8 * greatest(1, least(c.prints, me.prints))
    order by shared.shared desc, c.submission_id limit ${limit}`.execute(store);
  return rows;
}

/** The archives of two submissions of one assessment; null when one of them is not there or was never stored. */
export async function archivesOf(
  store: Store,
  organisation: string,
  submissions: readonly [string, string],
): Promise<{ readonly assessment: string; readonly archives: readonly [string, string] } | null> {
  const rows = await store
    .selectFrom('submissions')
    .select(['id', 'assessment_id', 'archive_digest'])
    .where('organisation_id', '=', organisation)
    .where('id', 'in', [...submissions])
    .execute();
  const [left, right] = submissions.map((id) => rows.find((row) => row.id === id));
  if (!left?.archive_digest || !right?.archive_digest || left.assessment_id !== right.assessment_id)
    return null;
  return { assessment: left.assessment_id, archives: [left.archive_digest, right.archive_digest] };
}
