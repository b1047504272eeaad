import type { Topic } from '../../../assessments/kit/index.js';
import { LEVELS, TOPICS } from '../../../assessments/kit/index.js';
import type { Scorecard, ScorecardCheck } from '../../../assessments/kit/schema/scorecard.js';
import { lostPoints } from '../../text/counts.js';
import { seen } from '../../text/seen.js';
import { clip, oneLine } from '../../text/visible.js';
import { LEVEL_WORDS, plural } from '../../text/words.js';
import { checkAnchor } from './anchors.js';
import type { Impact } from './impact.js';
import { impactOn } from './impact.js';

const SHOWN = 3;

export interface Highlight {
  readonly title: string;
  readonly detail: string;
  readonly anchor: string;
  readonly cost: string | null;
}

/** The practices that were met in full, hardest first. */
export function strengths(card: Scorecard): Highlight[] {
  const impact = impactOn(card);
  const practices = [...new Set(card.checks.map((check) => check.practice))]
    .map((practice) => card.checks.filter((check) => check.practice === practice && check.points !== null))
    .filter((checks) => checks.length > 0 && checks.every((check) => check.outcome === 'pass'))
    .map((checks) => ({ checks, hardest: [...checks].sort(hardestFirst)[0] as ScorecardCheck }));
  const worth = (checks: readonly ScorecardCheck[]) =>
    checks.reduce((sum, check) => sum + impact(check, check.maxPoints), 0);
  return practices
    .sort((a, b) => hardestFirst(a.hardest, b.hardest) || worth(b.checks) - worth(a.checks))
    .slice(0, SHOWN)
    .map(({ checks, hardest }) => ({
      title: practiceTitle(hardest),
      detail: `${allOf(checks.length)} passed, up to ${LEVEL_WORDS[hardest.level].toLowerCase()} level: ${oneLine(hardest.title)}.`,
      anchor: checkAnchor(hardest.id),
      cost: null,
    }));
}

function allOf(count: number): string {
  if (count === 1) return 'Its check';
  return count === 2 ? 'Both checks' : `All ${count} checks`;
}

/** The checks that cost most of the total, one for each practice. */
export function concerns(card: Scorecard): Highlight[] {
  const impact = impactOn(card);
  return costliest(card, impact)
    .filter((check, index, all) => all.findIndex((other) => other.practice === check.practice) === index)
    .slice(0, SHOWN)
    .map((check) => ({
      title: oneLine(check.title),
      detail: clip(seen(check), 320),
      anchor: checkAnchor(check.id),
      cost: `Costs ${plural(Number(impact(check, lostPoints(check)).toFixed(1)), 'point')} of 100.`,
    }));
}

/** Checks that lost points, by what that costs in the total; among equals the more basic first. */
export function costliest(card: Scorecard, impact: Impact = impactOn(card)): ScorecardCheck[] {
  return card.checks
    .filter((check) => lostPoints(check) > 0)
    .sort((a, b) => impact(b, lostPoints(b)) - impact(a, lostPoints(a)) || hardestFirst(b, a));
}

export function hardestFirst(a: ScorecardCheck, b: ScorecardCheck): number {
  return LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level);
}

export function practiceTitle(check: ScorecardCheck): string {
  const { practices }: Topic = TOPICS[check.topic];
  return practices[check.practice] ?? `Practice ${oneLine(check.practice)}`;
}
