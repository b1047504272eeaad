import type { Finding, StageName, Verdict } from '../../assessments/kit/index.js';

/** What a run reports while it goes on; stored in order, streamed to whoever watches. */
export type RunEvent =
  | { readonly type: 'stageStarted'; readonly stage: StageName }
  | { readonly type: 'stageFinished'; readonly stage: StageName; readonly ms: number }
  | { readonly type: 'log'; readonly stage: StageName; readonly line: string }
  | { readonly type: 'note'; readonly code: string; readonly message: string }
  | { readonly type: 'checkStarted'; readonly checkId: string }
  | {
      readonly type: 'checkFinished';
      readonly checkId: string;
      readonly outcome: Finding['outcome'];
      readonly message: string;
    }
  | { readonly type: 'verdict'; readonly verdict: Verdict };

export type EmitRunEvent = (event: RunEvent) => void;
