import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Who may use the API, retries of requests, and the workers that are there. */
export const access: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table tokens (
        id text primary key,
        kind text not null check (kind in ('api', 'session', 'link')),
        name text not null,
        hash text not null unique,
        created_at timestamptz not null default now(),
        expires_at timestamptz
      )`.execute(db);
    await sql`create index tokens_expiring on tokens (expires_at) where expires_at is not null`.execute(db);
    await sql`
      create table idempotency_keys (
        token_id text not null references tokens on delete cascade,
        key text not null,
        fingerprint text not null,
        submission_id text not null references submissions on delete cascade deferrable initially deferred,
        created_at timestamptz not null default now(),
        primary key (token_id, key)
      )`.execute(db);
    await sql`create index idempotency_keys_age on idempotency_keys (created_at)`.execute(db);
    await sql`
      create table workers (
        id text primary key,
        host text not null,
        state text not null check (state in ('ready', 'waiting', 'draining')),
        reason text,
        seen_at timestamptz not null default now()
      )`.execute(db);
  },
};
