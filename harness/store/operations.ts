import { sql } from 'kysely';
import type { Verdict } from '../../assessments/kit/index.js';
import { nameHidden } from './blind.js';
import type { Store } from './database.js';

/** How the queue stands, for all organisations together; it holds no names. */
export interface QueueFigures {
  readonly waiting: number;
  /** Of the waiting ones: those whose worker died, which run with no other beside them. */
  readonly alone: number;
  readonly running: number;
  /** How long the first in line has waited, ms; null when nobody waits. */
  readonly oldestMs: number | null;
  /** Of the last 24 hours. */
  readonly done: number;
  readonly failed: number;
  readonly medianMs: number | null;
}

export async function queueFigures(store: Store): Promise<QueueFigures> {
  const { rows } = await sql<QueueFigures>`
    select w.*, d.*, (select count(*)::int from runs where state = 'running') as running
    from (
      select count(*)::int as waiting, (count(*) filter (where suspect))::int as alone,
        (extract(epoch from now() - min(available_at)) * 1000)::float8 as "oldestMs"
      from runs where state = 'queued'
    ) w, (
      select (count(*) filter (where state = 'done'))::int as done, (count(*) filter (where state = 'failed'))::int as failed,
        (percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at))
          filter (where state = 'done') * 1000)::float8 as "medianMs"
      from runs where finished_at > now() - interval '24 hours'
    ) d`.execute(store);
  const [figures] = rows;
  if (!figures) throw new Error('counting gave no row');
  return figures;
}

/** A run as an operator sees it. */
export interface OperatedRun {
  readonly submission: string;
  /** Null where names are hidden. */
  readonly candidate: string | null;
  readonly digest: string | null;
  readonly assessment: string;
  readonly attempts: number;
  readonly worker: string | null;
  readonly verdict: Verdict | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const operated = (store: Store, organisation: string) =>
  store
    .selectFrom('runs as r')
    .innerJoin('submissions as s', 's.id', 'r.submission_id')
    .where('s.organisation_id', '=', organisation)
    .select([
      's.id as submission',
      sql<string | null>`case when not ${nameHidden} then s.candidate end`.as('candidate'),
      's.archive_digest as digest',
      's.assessment_id as assessment',
      'r.attempts',
      'r.worker',
      'r.verdict',
      'r.started_at as startedAt',
      'r.finished_at as finishedAt',
    ]);

/** Longest first. */
export const runningRuns = (store: Store, organisation: string, limit: number): Promise<OperatedRun[]> =>
  operated(store, organisation)
    .where('r.state', '=', 'running')
    .orderBy('r.started_at')
    .limit(limit)
    .execute();

/** Those that ended without a scorecard, newest first. */
export const failedRuns = (store: Store, organisation: string, limit: number): Promise<OperatedRun[]> =>
  operated(store, organisation)
    .where('r.state', '=', 'failed')
    .orderBy('r.finished_at', 'desc')
    .limit(limit)
    .execute();
