import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { goldenScorecard } from '../../golden/build/scorecard.js';

/** The golden scorecard, with that total and two checks more lost. */
export function weaker(score: number): Scorecard {
  const card = structuredClone(goldenScorecard());
  for (const check of card.checks.filter(({ outcome }) => outcome === 'pass').slice(0, 2)) {
    check.outcome = 'fail';
    check.points = 0;
  }
  return { ...card, overall: { ...card.overall, score, range: { low: score, high: score } } };
}
