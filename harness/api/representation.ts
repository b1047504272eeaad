import type { Verdict } from '../../assessments/kit/index.js';
import type { RunProgress } from '../store/events.js';
import type { SubmissionView } from '../store/submissions.js';
import type { RunState } from '../store/types.js';

/** A submission as the API shows it. Times are ISO 8601, UTC. */
export interface SubmissionResource {
  readonly id: string;
  readonly assessment: { readonly id: string; readonly version: string };
  readonly candidate: string | null;
  readonly source: { readonly kind: 'upload' | 'git'; readonly name: string };
  readonly createdAt: string;
  readonly run: {
    readonly id: string;
    readonly state: RunState;
    readonly attempts: number;
    /** 0 to 100; null while there is none, or when nothing could be measured. */
    readonly score: number | null;
    readonly verdict: Verdict | null;
    readonly startedAt: string | null;
    readonly finishedAt: string | null;
    /** Only for one submission, and only while it runs. */
    readonly progress?: RunProgress & { readonly checksTotal: number | null };
  };
  readonly links: { readonly self: string; readonly events: string; readonly scorecard: string };
}

export const SUBMISSIONS = '/api/v1/submissions';

export function toResource({ submission, run }: SubmissionView): SubmissionResource {
  const self = `${SUBMISSIONS}/${submission.id}`;
  return {
    id: submission.id,
    assessment: { id: submission.assessment_id, version: submission.assessment_version },
    candidate: submission.candidate,
    source: { kind: submission.source_kind, name: submission.source },
    createdAt: submission.created_at.toISOString(),
    run: {
      id: run.id,
      state: run.state,
      attempts: run.attempts,
      score: run.score,
      verdict: run.verdict,
      startedAt: run.started_at?.toISOString() ?? null,
      finishedAt: run.finished_at?.toISOString() ?? null,
    },
    links: { self, events: `${self}/events`, scorecard: `${self}/scorecard` },
  };
}
