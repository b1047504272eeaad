import { sql } from 'kysely';
import type { Store } from '../store/database.js';

/** Of the copies, this many have a scorecard: enough to be chosen from, and few enough for the disk. */
const WITH_SCORECARD = 100;

/**
 * Fills the database with copies of a graded submission: names, ages, states and scores differ. The copies are those of an
 * installation in its second year; nothing of them waits or runs.
 */
export async function seedCopies(store: Store, submission: string, count: number): Promise<void> {
  await store.transaction().execute(async (tx) => {
    await sql`
      create temporary table copies on commit drop as
      select n, 'sub-00' || lpad(n::text, 24, '0') as submission, 'run-00' || lpad(n::text, 24, '0') as run,
        now() - make_interval(mins => n * 60) as at,
        case when n % 20 = 0 then 'failed' when n % 33 = 0 then 'cancelled' else 'done' end as state,
        round((30 + 70 * abs(sin(n)))::numeric, 1)::float8 as score
      from generate_series(1, ${count}::int) n`.execute(tx);
    await copyRows(tx, 'submissions', submission, {
      id: 'c.submission',
      current_run: 'c.run',
      candidate: `'Candidate number ' || c.n`,
      created_at: 'c.at',
      invite_id: 'null',
    });
    await copyRows(tx, 'runs', submission, {
      id: 'c.run',
      submission_id: 'c.submission',
      state: 'c.state',
      score: `case when c.state = 'done' then c.score end`,
      created_at: 'c.at',
      started_at: 'c.at',
      finished_at: `c.at + interval '2 minutes'`,
    });
    await sql`
      insert into scorecards select (jsonb_populate_record(s, jsonb_build_object('run_id', c.run))).*
      from copies c, scorecards s
      where s.run_id = (select current_run from submissions where id = ${submission})
        and c.state = 'done' and c.n <= ${WITH_SCORECARD}`.execute(tx);
  });
  await sql`analyze`.execute(store);
}

/** Copies the row of the submission once for each copy; `changed` has SQL for the columns that differ. */
async function copyRows(
  tx: Store,
  table: 'submissions' | 'runs',
  submission: string,
  changed: Readonly<Record<string, string>>,
): Promise<void> {
  const pairs = Object.entries(changed).map(([column, value]) => `'${column}', ${value}`);
  const owner = table === 'submissions' ? 'id' : 'submission_id';
  await sql`
    insert into ${sql.table(table)}
    select (jsonb_populate_record(t, jsonb_build_object(${sql.raw(pairs.join(', '))}))).*
    from copies c, ${sql.table(table)} t where t.${sql.ref(owner)} = ${submission}`.execute(tx);
}
