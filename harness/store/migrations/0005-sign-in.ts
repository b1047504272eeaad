import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Wrong passwords of late, by who and where from: so that guessing is slow on every server of an installation. */
export const signIn: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table sign_in_failures (
        email text not null,
        address text not null,
        at timestamptz not null default now()
      )`.execute(db);
    await sql`create index sign_in_failures_of_email on sign_in_failures (email, at)`.execute(db);
    await sql`create index sign_in_failures_of_address on sign_in_failures (address, at)`.execute(db);
  },
};
