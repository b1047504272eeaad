import type { Outcome } from '../../assessments/kit/index.js';
import type { Scorecard, ScorecardCheck } from '../../assessments/kit/schema/scorecard.js';
import { figure } from '../../reports/text/words.js';
import type { Standing } from '../store/standing.js';

/**
 * What one check more or less can do to the total: the share of its topic's points times the weight of the topic, for the
 * heaviest check there is. A smaller difference between two totals says nothing of the people behind them.
 */
export function noiseOf({ checks, policy }: Pick<Scorecard, 'checks' | 'policy'>): number {
  const weights = Object.entries(policy.topicWeights).filter(([topic]) =>
    checks.some((check) => check.topic === topic),
  );
  const sum = weights.reduce((all, [, weight]) => all + weight, 0);
  return Math.max(
    0,
    ...weights.map(([topic, weight]) => {
      const points = checks.filter((check) => check.topic === topic).map((check) => check.maxPoints);
      const all = points.reduce((total, one) => total + one, 0);
      return (100 * weight * Math.max(...points)) / (all * sum);
    }),
  );
}

export interface Ranked<T> {
  readonly item: T;
  /** From 1; those that tie share it. Null without a score. */
  readonly rank: number | null;
  readonly tied: boolean;
}

/** With fewer, a share says nothing. */
const LEAST_OTHERS = 9;

/** Where a total stands among all others of its kind, in a few words; null where they are too few. */
export function standingWords(total: number | null, { graded, lower }: Standing): string | null {
  const others = graded - 1;
  const below = total === null ? undefined : lower.get(total);
  if (below === undefined || others < LEAST_OTHERS) return null;
  return `above ${Math.floor((100 * below) / others)} % of ${figure(others)} others`;
}

type Total = Pick<Scorecard['overall'], 'score' | 'range'>;

/** Best first. Whoever is within the noise of the best of a group, or may be, is of that group. */
export function rank<T>(items: readonly T[], totalOf: (item: T) => Total, noise: number): Ranked<T>[] {
  const scored = items
    .filter((item) => totalOf(item).score !== null)
    .sort((a, b) => (totalOf(b).score ?? 0) - (totalOf(a).score ?? 0));
  const groups: T[][] = [];
  for (const item of scored) {
    const group = groups.at(-1);
    const best = group?.[0];
    if (group && best !== undefined && within(totalOf(best), totalOf(item), noise)) group.push(item);
    else groups.push([item]);
  }
  let before = 0;
  const ranked = groups.flatMap((group) => {
    const place = before + 1;
    before += group.length;
    return group.map((item) => ({ item, rank: place, tied: group.length > 1 }));
  });
  const rest = items.filter((item) => totalOf(item).score === null);
  return [...ranked, ...rest.map((item) => ({ item, rank: null, tied: false }))];
}

/** Also when what was not measured could have made up the difference. */
function within(best: Total, other: Total, noise: number): boolean {
  const difference = (best.score ?? 0) - (other.score ?? 0);
  const overlap = (other.range?.high ?? other.score ?? 0) >= (best.range?.low ?? best.score ?? 0);
  return difference < noise || overlap;
}

/** A check that did not end alike for all who are compared. */
export interface CheckApart {
  readonly check: ScorecardCheck;
  /** In their order. */
  readonly outcomes: { readonly submission: string; readonly outcome: Outcome }[];
}

/** Heaviest first. */
export function checksApart(
  compared: readonly { readonly id: string; readonly card: Pick<Scorecard, 'checks'> }[],
): CheckApart[] {
  return [...(compared[0]?.card.checks ?? [])]
    .sort((a, b) => b.maxPoints - a.maxPoints)
    .map((check) => ({
      check,
      outcomes: compared.flatMap(({ id, card }) => {
        const same = card.checks.find((one) => one.id === check.id);
        return same ? [{ submission: id, outcome: same.outcome }] : [];
      }),
    }))
    .filter(({ outcomes }) => new Set(outcomes.map(({ outcome }) => outcome)).size > 1);
}
