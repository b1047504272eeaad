import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Invites, what people write about a submission, links to share, regrading, similarity, retention and erasure. */
export const review: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      alter table organisations
        add column blind_review boolean not null default false,
        add column keep_days integer check (keep_days between 1 and 3650)`.execute(db);
    await invitedSubmissions(db);
    await runInForce(db);
    await opinions(db);
    await regrading(db);
    await sql`
      create table share_links (
        id text primary key,
        organisation_id text not null references organisations,
        submission_id text not null references submissions on delete cascade,
        audience text not null check (audience in ('team', 'candidate')),
        hash text not null unique,
        created_by text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        revoked_at timestamptz,
        opened integer not null default 0,
        last_opened_at timestamptz
      )`.execute(db);
    await sql`create index share_links_of_submission on share_links (submission_id)`.execute(db);
    await similarity(db);
    await sql`
      create table tombstones (
        submission_id text primary key,
        organisation_id text not null references organisations,
        assessment_id text not null,
        submitted_at timestamptz not null,
        erased_at timestamptz not null default now(),
        cause text not null check (cause in ('candidate', 'team', 'retention'))
      )`.execute(db);
    await sql`create index tombstones_of_organisation on tombstones (organisation_id, submission_id)`.execute(
      db,
    );
  },
};

async function invitedSubmissions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table invites (
      id text primary key,
      organisation_id text not null references organisations,
      assessment_id text not null,
      candidate text,
      hash text not null unique,
      deadline timestamptz not null,
      extra_minutes integer not null default 0 check (extra_minutes between 0 and 525600),
      max_submissions integer not null check (max_submissions between 1 and 50),
      reveal text not null check (reveal in ('nothing', 'whenGraded', 'whenDecided')),
      created_by text not null,
      created_at timestamptz not null default now(),
      opened_at timestamptz,
      revoked_at timestamptz,
      withdrawn_at timestamptz,
      check ((candidate is null) = (withdrawn_at is not null))
    )`.execute(db);
  await sql`create index invites_of_organisation on invites (organisation_id, id)`.execute(db);
  await sql`
    alter table submissions add column invite_id text references invites on delete set null`.execute(db);
  await sql`create index submissions_of_invite on submissions (invite_id) where invite_id is not null`.execute(
    db,
  );
  await sql`create index submissions_of_archive on submissions (archive_digest)`.execute(db);
}

/** Which run of a submission counts. It was the last one, for as long as there was one only. */
async function runInForce(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table submissions
      add column current_run text references runs deferrable initially deferred`.execute(db);
  await sql`
    update submissions s
    set current_run = (select id from runs r where r.submission_id = s.id order by id desc limit 1)`.execute(
    db,
  );
  // A constraint that is deferred has to be looked at before the table may be altered again.
  await sql`set constraints all immediate`.execute(db);
  await sql`set constraints all deferred`.execute(db);
  await sql`alter table submissions alter column current_run set not null`.execute(db);
  await sql`create index submissions_of_run on submissions (current_run)`.execute(db);
  await sql`
    alter table scorecards
      add column judged_by text,
      add column revision integer not null default 1`.execute(db);
  await sql`update scorecards set judged_by = record->'provenance'->>'assessmentDigest'`.execute(db);
  await sql`alter table scorecards alter column judged_by set not null`.execute(db);
}

/** Notes and ratings are changed by who wrote them; decisions and overrides are only added, and the last one holds. */
async function opinions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table review_notes (
      submission_id text not null references submissions on delete cascade,
      question text not null,
      author_id text not null,
      author_name text not null,
      note text not null,
      rating integer check (rating between 1 and 4),
      written_at timestamptz not null default now(),
      primary key (submission_id, question, author_id)
    )`.execute(db);
  await sql`
    create table decisions (
      id bigint generated always as identity primary key,
      submission_id text not null references submissions on delete cascade,
      verdict text not null check (verdict in ('advance', 'hold', 'decline')),
      reason text not null,
      actor_id text not null,
      actor_name text not null,
      decided_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index decisions_of_submission on decisions (submission_id, id)`.execute(db);
  await sql`
    create table overrides (
      id bigint generated always as identity primary key,
      run_id text not null references runs on delete cascade,
      check_id text not null,
      outcome text check (outcome in ('pass', 'fail', 'notApplicable')),
      reason text not null,
      actor_id text not null,
      actor_name text not null,
      recorded_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index overrides_of_run on overrides (run_id, id)`.execute(db);
  await sql`
    create table appeals (
      id text primary key,
      submission_id text not null references submissions on delete cascade,
      words text not null,
      made_at timestamptz not null default now(),
      upheld boolean,
      answer text,
      answered_by text,
      answered_at timestamptz,
      check (num_nulls(upheld, answer, answered_by, answered_at) in (0, 4))
    )`.execute(db);
  await sql`create unique index appeals_open on appeals (submission_id) where answered_at is null`.execute(
    db,
  );
  await sql`create index appeals_of_submission on appeals (submission_id)`.execute(db);
}

async function regrading(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table regrades (
      id text primary key,
      organisation_id text not null references organisations,
      kind text not null check (kind in ('rescore', 'rerun')),
      assessment_id text not null,
      assessment_version text not null,
      assessment_digest text not null,
      bar double precision not null check (bar between 0 and 100),
      reason text not null,
      actor_name text not null,
      created_at timestamptz not null default now(),
      closed_as text check (closed_as in ('promoted', 'discarded')),
      closed_by text,
      closed_reason text,
      closed_at timestamptz,
      check (num_nulls(closed_as, closed_by, closed_reason, closed_at) in (0, 4))
    )`.execute(db);
  await sql`create index regrades_of_organisation on regrades (organisation_id, id)`.execute(db);
  await sql`
    create table regrade_items (
      regrade_id text not null references regrades on delete cascade,
      submission_id text not null references submissions on delete cascade,
      state text not null default 'pending' check (state in ('pending', 'ready', 'failed', 'promoted', 'superseded')),
      from_run text not null references runs on delete cascade,
      from_revision integer,
      to_run text references runs on delete cascade,
      difference jsonb,
      draft jsonb,
      former jsonb,
      problem text,
      primary key (regrade_id, submission_id)
    )`.execute(db);
  await sql`create index regrade_items_of_submission on regrade_items (submission_id)`.execute(db);
  await sql`create index regrade_items_from on regrade_items (from_run)`.execute(db);
  await sql`create index regrade_items_to on regrade_items (to_run)`.execute(db);
  await sql`
    create index regrade_items_pending on regrade_items (regrade_id, submission_id) where state = 'pending'`.execute(
    db,
  );
}

/** Prints of each submission's own code, to find those that share some. */
async function similarity(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table code_readings (
      submission_id text primary key references submissions on delete cascade,
      organisation_id text not null references organisations,
      assessment_id text not null,
      prints integer not null,
      read_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index code_readings_of_assessment on code_readings (organisation_id, assessment_id)`.execute(
    db,
  );
  await sql`
    create table code_prints (
      submission_id text not null references code_readings on delete cascade,
      organisation_id text not null,
      assessment_id text not null,
      print bigint not null,
      primary key (submission_id, print)
    )`.execute(db);
  await sql`create index code_prints_found on code_prints (organisation_id, assessment_id, print)`.execute(
    db,
  );
}
