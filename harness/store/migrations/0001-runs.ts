import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Submissions, their runs, and what came of them. */
export const runs: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table submissions (
        id text primary key,
        assessment_id text not null,
        assessment_version text not null,
        assessment_digest text not null,
        source_kind text not null check (source_kind in ('upload', 'git')),
        source text not null,
        archive_digest text,
        candidate text,
        created_at timestamptz not null default now(),
        check (source_kind = 'git' or archive_digest is not null)
      )`.execute(db);
    await sql`
      create table runs (
        id text primary key,
        submission_id text not null references submissions on delete cascade,
        state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
        seed text not null,
        attempts integer not null default 0,
        suspect boolean not null default false,
        fence integer not null default 0,
        worker text,
        lease_expires_at timestamptz,
        available_at timestamptz not null default now(),
        cancel_requested_at timestamptz,
        last_event integer not null default 0,
        score double precision,
        verdict jsonb,
        created_at timestamptz not null default now(),
        started_at timestamptz,
        finished_at timestamptz,
        check ((state = 'running') = (lease_expires_at is not null)),
        check ((state in ('done', 'failed', 'cancelled')) = (finished_at is not null))
      )`.execute(db);
    await sql`create index runs_of_submission on runs (submission_id)`.execute(db);
    await sql`create index runs_queued on runs (available_at, id) where state = 'queued'`.execute(db);
    await sql`create index runs_leased on runs (lease_expires_at) where state = 'running'`.execute(db);
    await sql`
      create table run_events (
        run_id text not null references runs on delete cascade,
        seq integer not null,
        event jsonb not null,
        at timestamptz not null default now(),
        primary key (run_id, seq)
      )`.execute(db);
    await sql`
      create table scorecards (
        run_id text primary key references runs on delete cascade,
        record jsonb not null,
        scorecard jsonb not null,
        created_at timestamptz not null default now()
      )`.execute(db);
    await sql`
      create table outbox (
        id bigint generated always as identity primary key,
        run_id text not null references runs on delete cascade
      )`.execute(db);
    await sql`create index outbox_of_run on outbox (run_id)`.execute(db);
  },
};
