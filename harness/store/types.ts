import type { Verdict } from '../../assessments/kit/index.js';
import type { RunEvent } from '../pipeline/events.js';

export const RUN_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
/** Where a run stands. The last three are final: `done` has a scorecard, the other two say why there is none. */
export type RunState = (typeof RUN_STATES)[number];
export type FinalState = Extract<RunState, 'done' | 'failed' | 'cancelled'>;

/** What happens to a run outside the pipeline. */
export type LifecycleEvent =
  | { readonly type: 'queued' }
  | { readonly type: 'started'; readonly attempt: number; readonly worker: string }
  | { readonly type: 'requeued'; readonly reason: string }
  | {
      readonly type: 'finished';
      readonly state: FinalState;
      readonly score: number | null;
      readonly verdict: Verdict | null;
    };

/** What is stored of a run, in order; `finished` is the last. */
export type StoredEvent = RunEvent | LifecycleEvent;

/** How a submission came: an archive that is stored already, or a repository that a worker fetches. */
export type SourceKind = 'upload' | 'git';
