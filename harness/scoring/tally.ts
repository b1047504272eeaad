import type { ScoredCheck } from './pair-findings.js';

/** Points of a group of checks (a topic, a dimension, a level), summed in declared order. */
export interface Tally {
  readonly earned: number;
  /** Points of the checks that were measured. */
  readonly measured: number;
  /** Points of all checks that apply: the measured ones and those without a result. */
  readonly applicable: number;
}

export function tally(checks: readonly ScoredCheck[]): Tally {
  let earned = 0;
  let measured = 0;
  let applicable = 0;
  for (const { meta, finding, points } of checks) {
    if (finding.outcome === 'notApplicable') continue;
    applicable += meta.points;
    if (points === null) continue;
    earned += points;
    measured += meta.points;
  }
  return { earned, measured, applicable };
}

/**
 * Whether enough was measured to judge the group: at least half of its points.
 *
 * Null is never zero, so an unmeasured check must not lower a score. Two rules remain. Lighthouse's (one null makes the
 * average null) is the strictest, but here a single fault of ours in forty checks would leave a whole submission without a
 * result, and the candidate waits for a rerun. Averaging over whatever is left is the kindest, but lets one easy check
 * speak for a topic. So: the score is that of the measured checks while they hold at least half of the points, the
 * unmeasured ones are listed beside it and give its range, and below half there is no score.
 */
export function isMeasured({ measured, applicable }: Tally): boolean {
  return measured > 0 && measured * 2 >= applicable;
}

/** 0 to 100, not rounded; null when too little was measured, or there was nothing to measure. */
export function scoreOf(sum: Tally): number | null {
  return isMeasured(sum) ? (sum.earned / sum.measured) * 100 : null;
}

/** The score had every unmeasured check failed, or passed, 0 to 100. */
export function rangeOf({ earned, measured, applicable }: Tally): { low: number; high: number } {
  return {
    low: (earned / applicable) * 100,
    high: ((earned + applicable - measured) / applicable) * 100,
  };
}
