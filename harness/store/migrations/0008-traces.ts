import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** The request that asked for a run, so that a worker tells of the run as part of it. */
export const traces: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`alter table runs add column trace text`.execute(db);
  },
};
