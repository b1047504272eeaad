import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** The lists that people sort by score, and those of the latest ends, read their first rows and no others. */
export const orders: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // A b-tree read backwards has its nulls first, so each direction needs one of its own.
    await sql`create index runs_by_highest_score on runs (score desc nulls last)`.execute(db);
    await sql`create index runs_by_lowest_score on runs (score)`.execute(db);
    await sql`create index runs_finished on runs (finished_at)`.execute(db);
  },
};
