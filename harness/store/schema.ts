import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Verdict } from '../../assessments/kit/index.js';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { RunRecord } from '../scoring/types.js';
import type { PersonRole, Scope } from '../accounts/roles.js';
import type { Actor } from '../accounts/principal.js';
import type { LinkPurpose } from './links.js';
import type { HookSchema } from './schema-hooks.js';
import type { ReviewSchema } from './schema-review.js';
import type { RunState, SourceKind, StoredEvent } from './types.js';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Created = ColumnType<Date, never, never>;

/** A candidate's repo for one version of an assessment. Never changes, but for a digest that is known later. */
export interface SubmissionTable {
  id: string;
  organisation_id: string;
  /** Id of the person or token that sent it; null for what was there before there were people. */
  submitted_by: string | null;
  assessment_id: string;
  assessment_version: string;
  assessment_digest: string;
  source_kind: SourceKind;
  /** As the submitter wrote it: file name or git URL. */
  source: string;
  /** SHA-256 of the stored clean tar; null until a worker has fetched the repository. */
  archive_digest: string | null;
  candidate: string | null;
  /** By which it was handed in, if it was a candidate who did. */
  invite_id: string | null;
  /** The run that counts. */
  current_run: string;
  created_at: Created;
}

/** A grading of a submission. All times are the database's. */
export interface RunTable {
  id: string;
  submission_id: string;
  state: Generated<RunState>;
  seed: string;
  /** Tries begun. One that a worker gave back on its way down is taken off again. */
  attempts: Generated<number>;
  /** A worker died with it. It is tried again with no other run beside it, since one of them may be what killed it. */
  suspect: Generated<boolean>;
  /** Raised by each claim: only the holder of the current one may write. */
  fence: Generated<number>;
  worker: string | null;
  lease_expires_at: Timestamp | null;
  /** Not to be tried before. */
  available_at: ColumnType<Date, never, Date | string>;
  cancel_requested_at: Timestamp | null;
  /** Number of the last event. */
  last_event: Generated<number>;
  score: number | null;
  /** Why there is no ordinary score. */
  verdict: JSONColumnType<Verdict> | null;
  created_at: Created;
  started_at: Timestamp | null;
  finished_at: Timestamp | null;
  /** W3C traceparent of the request that asked for it. */
  trace: string | null;
}

export interface RunEventTable {
  run_id: string;
  /** From 1, without gaps within a run. */
  seq: number;
  event: JSONColumnType<StoredEvent>;
  at: Created;
}

export interface ScorecardTable {
  run_id: string;
  /** All that scoring may look at, for rescoring. */
  record: JSONColumnType<RunRecord>;
  scorecard: JSONColumnType<Scorecard>;
  /** Digest of the assessment by whose policy it was judged. */
  judged_by: string;
  /** Raised by each judgement. */
  revision: Generated<number>;
  created_at: Created;
}

/** Runs that the queue has to be told of. */
export interface OutboxTable {
  id: Generated<string>;
  run_id: string;
}

export interface IdempotencyTable {
  principal_id: string;
  key: string;
  /** Digest of what was asked, to tell a retry from a reuse. */
  fingerprint: string;
  submission_id: string;
  created_at: Created;
}

export interface OrganisationTable {
  id: string;
  name: string;
  /** Names of candidates are hidden until a decision is recorded. */
  blind_review: Generated<boolean>;
  /** Days after which a submission is erased; null keeps it. */
  keep_days: number | null;
  created_at: Created;
}

/** Somebody of an organisation; of one that was invited and has not come yet, neither password nor subject is known. */
export interface PersonTable {
  id: string;
  organisation_id: string;
  /** In small letters. */
  email: string;
  name: string;
  role: PersonRole;
  /** argon2id, in the PHC format. */
  password_hash: string | null;
  oidc_issuer: string | null;
  oidc_subject: string | null;
  disabled_at: Timestamp | null;
  created_at: Created;
}

/** An API token. Only the SHA-256 of it is kept; tokens are random and long. */
export interface TokenTable {
  id: string;
  organisation_id: string;
  name: string;
  scopes: Scope[];
  hash: string;
  created_by: string | null;
  created_at: Created;
  expires_at: Timestamp | null;
  last_used_at: Timestamp | null;
  revoked_at: Timestamp | null;
}

/** A browser that is signed in: for a person, or for a token that a link stands for. */
export interface SessionTable {
  id: string;
  organisation_id: string;
  person_id: string | null;
  token_id: string | null;
  hash: string;
  address: string;
  agent: string;
  created_at: Created;
  seen_at: ColumnType<Date, never, Date | string>;
  expires_at: Timestamp;
}

/** A link that works once. */
export interface LinkTable {
  id: string;
  organisation_id: string;
  purpose: LinkPurpose;
  person_id: string | null;
  token_id: string | null;
  hash: string;
  created_at: Created;
  expires_at: Timestamp;
}

/** A wrong password. */
export interface SignInFailureTable {
  /** As it was typed, whether there is somebody of that address or not. */
  email: string;
  address: string;
  at: Created;
}

/** Who did what. The database refuses to change or delete a row. */
export interface AuditTable {
  id: Generated<string>;
  organisation_id: string;
  at: Created;
  actor_kind: Actor['kind'];
  actor_id: string;
  actor_name: string;
  action: string;
  subject: string | null;
  details: JSONColumnType<Record<string, unknown>>;
  address: string | null;
  request_id: string | null;
}

/** Workers that have given a sign of life. */
export interface WorkerTable {
  id: string;
  host: string;
  state: 'ready' | 'waiting' | 'draining';
  /** Why it waits. */
  reason: string | null;
  seen_at: ColumnType<Date, never, Date | string>;
}

/** An archive that workers on other machines may want; its content stands in parts. */
interface ArchiveTable {
  /** SHA-256 of the clean tar, hex. */
  digest: string;
  /** When it was last handed in. */
  kept_at: ColumnType<Date, Date | undefined, Date>;
}

interface ArchivePartTable {
  digest: string;
  /** From 0. */
  number: number;
  content: Buffer;
}

export interface Schema extends ReviewSchema, HookSchema {
  submissions: SubmissionTable;
  runs: RunTable;
  run_events: RunEventTable;
  scorecards: ScorecardTable;
  outbox: OutboxTable;
  idempotency_keys: IdempotencyTable;
  organisations: OrganisationTable;
  people: PersonTable;
  tokens: TokenTable;
  sessions: SessionTable;
  links: LinkTable;
  sign_in_failures: SignInFailureTable;
  audit_log: AuditTable;
  workers: WorkerTable;
  archives: ArchiveTable;
  archive_parts: ArchivePartTable;
}
