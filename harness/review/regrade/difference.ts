import type { Scorecard, ScorecardCheck, ScorecardTopic } from '../../../assessments/kit/schema/scorecard.js';
import { impactOn } from '../../../reports/scorecard/view/impact.js';

/** A check that earned or weighs something else than before. */
export interface Cause {
  readonly check: string;
  readonly title: string;
  readonly kind: 'outcome' | 'points' | 'added' | 'removed';
  readonly before: string;
  readonly after: string;
  /** About what it did to the total, in points of 100. */
  readonly effect: number;
}

/** What another judgement of one submission changes. */
export interface Difference {
  readonly before: number | null;
  readonly after: number | null;
  /** Whether the total crosses the bar; a total that is not known is neither above nor below. */
  readonly crosses: 'up' | 'down' | null;
  /** Largest effect first. */
  readonly causes: readonly Cause[];
  readonly levels: readonly {
    readonly topic: string;
    readonly before: ScorecardTopic['level'];
    readonly after: ScorecardTopic['level'];
  }[];
  /** Weights of topics or bars of levels are others. */
  readonly policyChanged: boolean;
}

/** Less is the noise of rounding. */
const LEAST_EFFECT = 0.05;

/** Pure. `bar` is a total, 0 to 100. */
export function differenceOf(before: Scorecard, after: Scorecard, bar: number): Difference {
  return {
    before: before.overall.score,
    after: after.overall.score,
    crosses: crossing(before.overall.score, after.overall.score, bar),
    causes: causesOf(before, after),
    levels: after.topics.flatMap((topic) => {
      const former = before.topics.find(({ id }) => id === topic.id)?.level ?? null;
      return former === topic.level ? [] : [{ topic: topic.name, before: former, after: topic.level }];
    }),
    policyChanged: JSON.stringify(policyOf(before)) !== JSON.stringify(policyOf(after)),
  };
}

const policyOf = ({ policy }: Scorecard) => [
  Object.entries(policy.topicWeights).sort(),
  Object.entries(policy.levelBars).sort(),
];

function crossing(before: number | null, after: number | null, bar: number): Difference['crosses'] {
  if (before === null || after === null || before >= bar === after >= bar) return null;
  return after >= bar ? 'up' : 'down';
}

function causesOf(before: Scorecard, after: Scorecard): Cause[] {
  const worth = { before: impactOn(before), after: impactOn(after) };
  const former = new Map(before.checks.map((check) => [check.id, check]));
  const now = new Map(after.checks.map((check) => [check.id, check]));
  const ids = [...new Set([...former.keys(), ...now.keys()])];
  return ids
    .flatMap((id) => {
      const [was, is] = [former.get(id), now.get(id)];
      const kind = kindOf(was, is);
      const named = is ?? was;
      if (kind === null || !named) return [];
      const lost = (check: ScorecardCheck | undefined, impact: typeof worth.before) =>
        check?.points == null ? 0 : impact(check, check.maxPoints - check.points);
      const effect = lost(was, worth.before) - lost(is, worth.after);
      return [{ check: id, title: named.title, kind, before: say(was), after: say(is), effect }];
    })
    .filter((cause) => cause.kind !== 'points' || Math.abs(cause.effect) >= LEAST_EFFECT)
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}

function kindOf(was: ScorecardCheck | undefined, is: ScorecardCheck | undefined): Cause['kind'] | null {
  if (!was || !is) return was ? 'removed' : 'added';
  if (was.outcome !== is.outcome || fraction(was) !== fraction(is)) return 'outcome';
  return was.maxPoints === is.maxPoints && was.topic === is.topic ? null : 'points';
}

const fraction = ({ points, maxPoints }: ScorecardCheck): number | null =>
  points === null ? null : Math.round((points / maxPoints) * 100);

const say = (check: ScorecardCheck | undefined): string =>
  check ? `${check.outcome}, ${check.points ?? 'no'} of ${check.maxPoints} points` : 'not there';
