import type { Outcome } from '../vocabulary/words.js';
import type { Evidence } from './evidence.js';

/** What one check found. Judged later: a finding knows nothing of points. */
export interface Finding {
  readonly checkId: string;
  readonly outcome: Outcome;
  /** Share of the points earned, 0 to 1; null where the outcome leaves the check unmeasured. */
  readonly fraction: number | null;
  /** One plain sentence: what was expected and what happened. */
  readonly message: string;
  readonly expected: string | null;
  readonly observed: string | null;
  readonly evidence: readonly Evidence[];
  readonly durationMs: number;
}
