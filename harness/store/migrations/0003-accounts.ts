import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

/** Organisations and their people; whose each submission is; sessions, one-time links and scoped tokens; the audit log. */
export const accounts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`
      create table organisations (
        id text primary key,
        name text not null,
        created_at timestamptz not null default now()
      )`.execute(db);
    await sql`insert into organisations (id, name) values ('org-default', 'Default')`.execute(db);
    await sql`
      create table people (
        id text primary key,
        organisation_id text not null references organisations,
        email text not null unique check (email = lower(email)),
        name text not null,
        role text not null check (role in ('admin', 'manager', 'reviewer')),
        password_hash text,
        oidc_issuer text,
        oidc_subject text,
        disabled_at timestamptz,
        created_at timestamptz not null default now(),
        unique (oidc_issuer, oidc_subject)
      )`.execute(db);
    await sql`create index people_of_organisation on people (organisation_id, id)`.execute(db);
    await ownedSubmissions(db);
    await scopedTokens(db);
    await browsers(db);
    await auditLog(db);
  },
};

/** What was there before belongs to the organisation that every installation begins with. */
async function ownedSubmissions(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table submissions
      add column organisation_id text not null default 'org-default' references organisations,
      add column submitted_by text`.execute(db);
  await sql`alter table submissions alter column organisation_id drop default`.execute(db);
  await sql`create index submissions_of_organisation on submissions (organisation_id, id)`.execute(db);
  await sql`alter table idempotency_keys drop constraint idempotency_keys_token_id_fkey`.execute(db);
  await sql`alter table idempotency_keys rename column token_id to principal_id`.execute(db);
}

/** Tokens of the API alone; those of browsers are sessions now, and have to be opened again. */
async function scopedTokens(db: Kysely<unknown>): Promise<void> {
  await sql`delete from tokens where kind <> 'api'`.execute(db);
  await sql`
    alter table tokens
      drop column kind,
      add column organisation_id text not null default 'org-default' references organisations,
      add column scopes text[] not null default '{admin}',
      add column created_by text,
      add column last_used_at timestamptz,
      add column revoked_at timestamptz`.execute(db);
  await sql`
    alter table tokens
      alter column organisation_id drop default,
      alter column scopes drop default,
      add check (scopes <@ '{submit,read,manage,admin}' and cardinality(scopes) > 0)`.execute(db);
  await sql`create index tokens_of_organisation on tokens (organisation_id, id)`.execute(db);
}

async function browsers(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sessions (
      id text primary key,
      organisation_id text not null references organisations,
      person_id text references people on delete cascade,
      token_id text references tokens on delete cascade,
      hash text not null unique,
      address text not null,
      agent text not null,
      created_at timestamptz not null default now(),
      seen_at timestamptz not null default now(),
      expires_at timestamptz not null,
      check (num_nonnulls(person_id, token_id) = 1)
    )`.execute(db);
  await sql`create index sessions_of_person on sessions (person_id)`.execute(db);
  await sql`create index sessions_of_token on sessions (token_id)`.execute(db);
  await sql`create index sessions_expiring on sessions (expires_at)`.execute(db);
  await sql`
    create table links (
      id text primary key,
      organisation_id text not null references organisations,
      purpose text not null check (purpose in ('signIn', 'setUp', 'join', 'reset')),
      person_id text references people on delete cascade,
      token_id text references tokens on delete cascade,
      hash text not null unique,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    )`.execute(db);
  await sql`create index links_of_person on links (person_id)`.execute(db);
  await sql`create index links_of_token on links (token_id)`.execute(db);
  await sql`create index links_expiring on links (expires_at)`.execute(db);
}

/** Rows are only ever added: the table itself refuses everything else. */
async function auditLog(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_log (
      id bigint generated always as identity primary key,
      organisation_id text not null references organisations,
      at timestamptz not null default now(),
      actor_kind text not null check (actor_kind in ('person', 'token', 'candidate', 'system')),
      actor_id text not null,
      actor_name text not null,
      action text not null,
      subject text,
      details jsonb not null default '{}',
      address text,
      request_id text
    )`.execute(db);
  await sql`create index audit_log_of_organisation on audit_log (organisation_id, id)`.execute(db);
  await sql`create index audit_log_of_subject on audit_log (organisation_id, subject, id)`.execute(db);
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
      begin raise exception 'the audit log is only ever added to'; end
    $$`.execute(db);
  await sql`
    create trigger audit_log_is_append_only before update or delete or truncate on audit_log
      for each statement execute function refuse_change()`.execute(db);
}
