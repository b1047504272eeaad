import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Webhooks of a code host, by which a push becomes a submission. */
export const intakes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table intakes (
        id text primary key,
        organisation_id text not null references organisations,
        assessment_id text not null,
        secret text not null,
        created_by text not null,
        created_at timestamptz not null default now()
      )`.execute(db);
    await sql`create index intakes_of_organisation on intakes (organisation_id, id)`.execute(db);
    await sql`create index submissions_of_sender on submissions (submitted_by, source)`.execute(db);
  },
};
