import type { Verdict } from '../../../assessments/kit/index.js';
import { VERDICT_CODES } from '../../../assessments/kit/index.js';
import type { RunState } from '../../store/types.js';

/** How a run stands, in words and as one of the icons. */
export interface Status {
  readonly word: string;
  readonly icon: 'queued' | 'running' | 'pass' | 'partial' | 'fail' | 'error' | 'notApplicable';
  /** What went wrong and whose doing it was; null when all is well or not known yet. */
  readonly reason: string | null;
}

export function statusOf({
  state,
  verdict,
}: {
  readonly state: RunState;
  readonly verdict: Verdict | null;
}): Status {
  switch (state) {
    case 'queued':
      return { word: 'Waiting', icon: 'queued', reason: null };
    case 'running':
      return { word: 'Running', icon: 'running', reason: null };
    case 'cancelled':
      return { word: 'Cancelled', icon: 'notApplicable', reason: null };
    case 'failed':
      return { word: 'Not graded', icon: 'error', reason: verdict?.message ?? null };
    case 'done':
      return verdict === null ? { word: 'Graded', icon: 'pass', reason: null } : ended(verdict);
  }
}

function ended({ code, message }: Verdict): Status {
  switch (VERDICT_CODES[code]) {
    case 'candidate':
      return { word: 'Graded, broken', icon: 'partial', reason: message };
    case 'refused':
      return { word: 'Refused', icon: 'fail', reason: message };
    case 'ours':
      return { word: 'Not graded', icon: 'error', reason: message };
  }
}

/** The states as the filter of the list names them. */
export const STATE_WORDS: Readonly<Record<RunState, string>> = {
  queued: 'Waiting',
  running: 'Running',
  done: 'Graded',
  failed: 'Not graded',
  cancelled: 'Cancelled',
};
