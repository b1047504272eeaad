import type { Difference } from '../review/regrade/difference.js';
import type { Store } from './database.js';
import type { RegradeKind } from './schema-review.js';
import type { RunState } from './types.js';

/** A run of a submission; none is ever taken away but with the submission. */
export interface Attempt {
  readonly run: string;
  readonly state: RunState;
  readonly score: number | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Whether it is the one that counts. */
  readonly counts: boolean;
  /** The regrade that began it; null for the first. */
  readonly regrade: string | null;
}

/** Of one submission, newest first. */
export async function listAttempts(
  store: Store,
  organisation: string,
  submission: string,
): Promise<Attempt[]> {
  const rows = await store
    .selectFrom('runs as r')
    .innerJoin('submissions as s', 's.id', 'r.submission_id')
    .leftJoin('regrade_items as i', 'i.to_run', 'r.id')
    .select(['r.id as run', 'r.state', 'r.score', 'r.created_at as createdAt', 'r.finished_at as finishedAt'])
    .select(['s.current_run', 'i.regrade_id as regrade'])
    .where('s.organisation_id', '=', organisation)
    .where('s.id', '=', submission)
    .orderBy('r.id', 'desc')
    .execute();
  return rows.map(({ current_run, ...attempt }) => ({ ...attempt, counts: attempt.run === current_run }));
}

/** A regrade that was promoted: the former total stays readable, and what changed it. */
export interface Rescoring {
  readonly regrade: string;
  readonly kind: RegradeKind;
  readonly run: string;
  readonly former: number | null;
  readonly difference: Difference | null;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** Of one submission, newest first. */
export async function listRescorings(
  store: Store,
  organisation: string,
  submission: string,
): Promise<Rescoring[]> {
  const rows = await store
    .selectFrom('regrade_items as i')
    .innerJoin('regrades as g', 'g.id', 'i.regrade_id')
    .select([
      'g.id as regrade',
      'g.kind',
      'i.from_run as run',
      'i.difference',
      'g.closed_by',
      'g.closed_reason',
      'g.closed_at',
    ])
    .where('g.organisation_id', '=', organisation)
    .where('i.submission_id', '=', submission)
    .where('i.state', '=', 'promoted')
    .orderBy('g.id', 'desc')
    .execute();
  return rows.flatMap(({ difference, closed_by: by, closed_reason: reason, closed_at: at, ...row }) =>
    by === null || reason === null || at === null
      ? []
      : [{ ...row, former: difference?.before ?? null, difference, by, reason, at }],
  );
}
