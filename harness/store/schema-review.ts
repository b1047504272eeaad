import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { Difference } from '../review/regrade/difference.js';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Created = ColumnType<Date, never, never>;
/** Written by the database when the row is made, and later by hand. */
type Touched = ColumnType<Date, never, Date | string>;
type Json<T> = JSONColumnType<object & T, string, string>;

export const REVEALS = ['nothing', 'whenGraded', 'whenDecided'] as const;
/** When a candidate may see the result, without what is hidden. */
export type Reveal = (typeof REVEALS)[number];

/** A candidate's way in. The link holds a secret whose digest is kept here. */
export interface InviteTable {
  id: string;
  organisation_id: string;
  assessment_id: string;
  /** Name, as the team wrote it; null once the candidate withdrew. */
  candidate: string | null;
  hash: string;
  deadline: Timestamp;
  /** An accommodation: minutes beyond the deadline. Nothing that reviewers see tells of it. */
  extra_minutes: number;
  max_submissions: number;
  reveal: Reveal;
  created_by: string;
  created_at: Created;
  opened_at: Timestamp | null;
  revoked_at: Timestamp | null;
  withdrawn_at: Timestamp | null;
}

/** What somebody wrote on a question of the interview kit, or on the submission as a whole. */
export interface ReviewNoteTable {
  submission_id: string;
  /** Id of the check that the question is about, or `overall`. */
  question: string;
  author_id: string;
  author_name: string;
  note: string;
  /** 1 (weak) to 4 (strong). */
  rating: number | null;
  written_at: Touched;
}

export const DECISIONS = ['advance', 'hold', 'decline'] as const;
export type DecisionVerdict = (typeof DECISIONS)[number];

export interface DecisionTable {
  id: Generated<string>;
  submission_id: string;
  verdict: DecisionVerdict;
  reason: string;
  actor_id: string;
  actor_name: string;
  decided_at: Created;
}

export const OVERRIDE_OUTCOMES = ['pass', 'fail', 'notApplicable'] as const;

/** A person's word against a check's, on one run. The last one on a check holds; without an outcome it takes the former back. */
export interface OverrideTable {
  id: Generated<string>;
  run_id: string;
  check_id: string;
  outcome: (typeof OVERRIDE_OUTCOMES)[number] | null;
  reason: string;
  actor_id: string;
  actor_name: string;
  recorded_at: Created;
}

export interface AppealTable {
  id: string;
  submission_id: string;
  words: string;
  made_at: Created;
  upheld: boolean | null;
  answer: string | null;
  answered_by: string | null;
  answered_at: Timestamp | null;
}

export type ShareAudience = 'team' | 'candidate';

export interface ShareLinkTable {
  id: string;
  organisation_id: string;
  submission_id: string;
  audience: ShareAudience;
  hash: string;
  created_by: string;
  created_at: Created;
  expires_at: Timestamp;
  revoked_at: Timestamp | null;
  opened: Generated<number>;
  last_opened_at: Timestamp | null;
}

export type RegradeKind = 'rescore' | 'rerun';

export interface RegradeTable {
  id: string;
  organisation_id: string;
  kind: RegradeKind;
  assessment_id: string;
  /** Of the assessment as it was when the regrade began. */
  assessment_version: string;
  assessment_digest: string;
  /** The total (0 to 100) whose crossing is told. */
  bar: number;
  reason: string;
  actor_name: string;
  created_at: Created;
  closed_as: 'promoted' | 'discarded' | null;
  closed_by: string | null;
  closed_reason: string | null;
  closed_at: Timestamp | null;
}

export type RegradeItemState = 'pending' | 'ready' | 'failed' | 'promoted' | 'superseded';

export interface RegradeItemTable {
  regrade_id: string;
  submission_id: string;
  state: Generated<RegradeItemState>;
  /** The run that counted when the regrade began. */
  from_run: string;
  /** Revision of the scorecard that the draft was made from. */
  from_revision: number | null;
  /** Of a rerun: the run that may take its place. */
  to_run: string | null;
  difference: Json<Difference> | null;
  /** Of a rescore: the scorecard that may take the place of the former. */
  draft: Json<Scorecard> | null;
  /** Of a promoted rescore: the scorecard that it took the place of. */
  former: Json<Scorecard> | null;
  /** Why there is nothing to promote, in one sentence. */
  problem: string | null;
}

export interface CodeReadingTable {
  submission_id: string;
  organisation_id: string;
  assessment_id: string;
  prints: number;
  read_at: Created;
}

export interface CodePrintTable {
  submission_id: string;
  organisation_id: string;
  assessment_id: string;
  print: string;
}

export type ErasureCause = 'candidate' | 'team' | 'retention';

/** That there was a submission, and nothing of it. */
export interface TombstoneTable {
  submission_id: string;
  organisation_id: string;
  assessment_id: string;
  submitted_at: Timestamp;
  erased_at: Created;
  cause: ErasureCause;
}

export interface ReviewSchema {
  invites: InviteTable;
  review_notes: ReviewNoteTable;
  decisions: DecisionTable;
  overrides: OverrideTable;
  appeals: AppealTable;
  share_links: ShareLinkTable;
  regrades: RegradeTable;
  regrade_items: RegradeItemTable;
  code_readings: CodeReadingTable;
  code_prints: CodePrintTable;
  tombstones: TombstoneTable;
}
