import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Addresses that are told of what happens, and every message to them. */
export const hooks: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table hooks (
        id text primary key,
        organisation_id text not null references organisations,
        url text not null,
        events text[] not null check (cardinality(events) > 0),
        secret text not null,
        created_by text not null,
        created_at timestamptz not null default now(),
        disabled_at timestamptz
      )`.execute(db);
    await sql`create index hooks_of_organisation on hooks (organisation_id, id)`.execute(db);
    await sql`
      create table deliveries (
        id text primary key,
        hook_id text not null references hooks on delete cascade,
        event text not null,
        body jsonb not null,
        state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
        attempts integer not null default 0,
        next_at timestamptz not null default now(),
        answer text,
        created_at timestamptz not null default now(),
        attempted_at timestamptz
      )`.execute(db);
    await sql`create index deliveries_of_hook on deliveries (hook_id, id)`.execute(db);
    await sql`create index deliveries_due on deliveries (next_at) where state = 'waiting'`.execute(db);
  },
};
