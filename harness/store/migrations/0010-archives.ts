import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Archives for workers on other machines, in parts, since one may be larger than a row should be. */
export const archives: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table archives (
      digest text primary key,
      kept_at timestamptz not null default now()
    )`.execute(db);
    await sql`create table archive_parts (
      digest text not null references archives on delete cascade,
      number integer not null,
      content bytea not null,
      primary key (digest, number)
    )`.execute(db);
  },
};
