import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Verdict } from '../../assessments/kit/index.js';
import { hideNames, nameHidden } from './blind.js';
import type { Store } from './database.js';
import { newId } from './ids.js';
import { jsonb } from './json.js';
import type { SubmissionTable } from './schema.js';
import type { DecisionVerdict } from './schema-review.js';
import type { RunState, SourceKind, StoredEvent } from './types.js';

/** What is accepted: everything that a worker needs to grade it. */
export interface NewSubmission {
  readonly submittedBy: string | null;
  readonly assessment: { readonly id: string; readonly version: string; readonly digest: string };
  readonly source: { readonly kind: SourceKind; readonly name: string };
  /** Null for a git source. */
  readonly archiveDigest: string | null;
  readonly candidate: string | null;
  /** The invite by which a candidate handed it in. */
  readonly invite?: string;
  /** W3C traceparent of the request, where traces are made. */
  readonly trace?: string | null;
}

/** The key under which a client may send the same submission again without making a second. */
export interface IdempotencyKey {
  /** Id of the person or token that uses it: keys of others are other keys. */
  readonly principal: string;
  readonly key: string;
  readonly fingerprint: string;
}

export type Accepted =
  { readonly kind: 'accepted' | 'known'; readonly view: SubmissionView } | { readonly kind: 'keyReused' };

/**
 * Accepts a submission: it, its run and the note for the queue are committed together or not at all.
 * With a key that was used before it gives the submission of that time (`known`), or `keyReused` when that was another one.
 */
export async function acceptSubmission(
  store: Store,
  organisation: string,
  submission: NewSubmission,
  key: IdempotencyKey | null,
): Promise<Accepted> {
  if (!key) return enter(store, organisation, submission, key);
  return store.transaction().execute((tx) => enter(tx, organisation, submission, key));
}

/** The same within a transaction. */
export async function enter(
  tx: Store,
  organisation: string,
  submission: NewSubmission,
  key: IdempotencyKey | null,
): Promise<Accepted> {
  const id = newId('sub');
  if (key) {
    // A second request with the key waits here until the first has committed, and then finds its row.
    const fresh = await tx
      .insertInto('idempotency_keys')
      .values({ principal_id: key.principal, key: key.key, fingerprint: key.fingerprint, submission_id: id })
      .onConflict((conflict) => conflict.doNothing())
      .returning('submission_id')
      .executeTakeFirst();
    if (fresh) return { kind: 'accepted', view: await insert(tx, organisation, id, submission) };
    const former = await tx
      .selectFrom('idempotency_keys')
      .select(['fingerprint', 'submission_id'])
      .where('principal_id', '=', key.principal)
      .where('key', '=', key.key)
      .executeTakeFirstOrThrow();
    if (former.fingerprint !== key.fingerprint) return { kind: 'keyReused' };
    const view = await submissionViews(tx, organisation)
      .where('s.id', '=', former.submission_id)
      .executeTakeFirstOrThrow();
    return { kind: 'known', view: toView(view) };
  }
  return { kind: 'accepted', view: await insert(tx, organisation, id, submission) };
}

/** One statement, so one round trip and one commit. */
async function insert(
  store: Store,
  organisation: string,
  id: string,
  submission: NewSubmission,
): Promise<SubmissionView> {
  const run = newId('run');
  const queued: StoredEvent = { type: 'queued' };
  const row = {
    id,
    organisation_id: organisation,
    submitted_by: submission.submittedBy,
    assessment_id: submission.assessment.id,
    assessment_version: submission.assessment.version,
    assessment_digest: submission.assessment.digest,
    source_kind: submission.source.kind,
    source: submission.source.name,
    archive_digest: submission.archiveDigest,
    candidate: submission.candidate,
    invite_id: submission.invite ?? null,
    current_run: run,
  };
  const { created_at } = await store
    .with('submission', (db) => db.insertInto('submissions').values(row).returning('created_at'))
    .with('run', (db) =>
      db.insertInto('runs').values({
        id: run,
        submission_id: id,
        seed: randomBytes(8).toString('hex'),
        last_event: 1,
        trace: submission.trace ?? null,
      }),
    )
    .with('event', (db) => db.insertInto('run_events').values({ run_id: run, seq: 1, event: jsonb(queued) }))
    .insertInto('outbox')
    .values({ run_id: run })
    .returning(({ selectFrom }) =>
      selectFrom('submission').select('created_at').$asScalar().$notNull().as('created_at'),
    )
    .executeTakeFirstOrThrow();
  return { submission: { ...row, created_at }, run: { ...NEW_RUN, id: run }, decision: null };
}

const NEW_RUN = {
  state: 'queued',
  attempts: 0,
  score: null,
  verdict: null,
  started_at: null,
  finished_at: null,
  judged_by: null,
  revision: null,
} as const;

/** Names what can be seen of a submission's scorecard: its judgement, and its name, which may be hidden today and shown tomorrow. */
export const judgementKey = ({ submission, run }: SubmissionView): string =>
  JSON.stringify([run.id, run.revision, submission.candidate, submission.source]);

/** A submission with the run that counts. Names are hidden where its organisation reviews blind. */
export interface SubmissionView {
  readonly submission: Omit<SubmissionTable, 'created_at'> & { readonly created_at: Date };
  readonly run: {
    readonly id: string;
    readonly state: RunState;
    readonly attempts: number;
    readonly score: number | null;
    readonly verdict: Verdict | null;
    readonly started_at: Date | null;
    readonly finished_at: Date | null;
    /** Digest of the assessment that its scorecard was judged by; null without one. Another one than today's makes it stale. */
    readonly judged_by: string | null;
    /** Raised each time the scorecard is judged anew; null without one. */
    readonly revision: number | null;
  };
  /** What was decided last. */
  readonly decision: DecisionVerdict | null;
}

export interface ListFilter {
  readonly state?: RunState | undefined;
  readonly assessment?: string | undefined;
  readonly submittedBy?: string | undefined;
  /** Only submissions older than this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Newest first. Ids sort by age, so a page stays the same when submissions arrive meanwhile. */
export async function listSubmissions(
  store: Store,
  organisation: string,
  filter: ListFilter,
): Promise<SubmissionView[]> {
  let query = submissionViews(store, organisation).orderBy('s.id', 'desc').limit(filter.limit);
  if (filter.state) query = query.where('r.state', '=', filter.state);
  if (filter.assessment) query = query.where('s.assessment_id', '=', filter.assessment);
  if (filter.submittedBy) query = query.where('s.submitted_by', '=', filter.submittedBy);
  if (filter.before) query = query.where('s.id', '<', filter.before);
  return (await query.execute()).map(toView);
}

export async function findSubmission(
  store: Store,
  organisation: string,
  id: string,
): Promise<SubmissionView | null> {
  const row = await submissionViews(store, organisation).where('s.id', '=', id).executeTakeFirst();
  return row ? toView(row) : null;
}

export function submissionViews(store: Store, organisation: string) {
  return store
    .selectFrom('submissions as s')
    .innerJoin('runs as r', 'r.id', 's.current_run')
    .leftJoin('scorecards as c', 'c.run_id', 'r.id')
    .where('s.organisation_id', '=', organisation)
    .selectAll('s')
    .select([
      'r.state',
      'r.attempts',
      'r.score',
      'r.verdict',
      'r.started_at',
      'r.finished_at',
      'c.judged_by',
      'c.revision',
      nameHidden.as('hidden'),
      sql<DecisionVerdict | null>`(
        select d.verdict from decisions d where d.submission_id = s.id order by d.id desc limit 1)`.as(
        'decision',
      ),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof submissionViews>['executeTakeFirstOrThrow']>>;

export function toView(row: Row): SubmissionView {
  const { state, attempts, score, verdict, started_at, finished_at, judged_by, revision, ...rest } = row;
  const { hidden, decision, ...submission } = rest;
  const run = {
    id: row.current_run,
    state,
    attempts,
    score,
    verdict,
    started_at,
    finished_at,
    judged_by,
    revision,
  };
  return { submission: hidden ? hideNames(submission) : submission, run, decision };
}
