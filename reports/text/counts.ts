import type { Outcome } from '../../assessments/kit/index.js';
import { OUTCOMES } from '../../assessments/kit/index.js';
import type { ScorecardCheck } from '../../assessments/kit/schema/scorecard.js';
import { OUTCOME_ORDER } from './words.js';

/** How many checks had each outcome. */
export function countOutcomes(checks: readonly ScorecardCheck[]): Record<Outcome, number> {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const check of checks) counts[check.outcome] += 1;
  return counts;
}

/** Failed in full or in part: the candidate lost points. */
export function lostPoints(check: ScorecardCheck): number {
  return check.points === null ? 0 : check.maxPoints - check.points;
}

/** Without a result through no doing of the candidate. */
export function isUnmeasured(check: ScorecardCheck): boolean {
  return check.outcome === 'error' || check.outcome === 'inconclusive';
}

/** Worst first, and within one outcome what costs most first. */
export function worstFirst(a: ScorecardCheck, b: ScorecardCheck): number {
  const rank = (check: ScorecardCheck) => OUTCOME_ORDER.indexOf(check.outcome);
  return rank(a) - rank(b) || lostPoints(b) - lostPoints(a) || b.maxPoints - a.maxPoints;
}
