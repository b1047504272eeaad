import type { Scorecard, ScorecardCheck, ScorecardTopic } from '../../../assessments/kit/schema/scorecard.js';
import { OUTCOME_WORDS } from '../../../reports/text/words.js';
import { scoreOverall } from '../../scoring/groups.js';
import { metaOf, policyOf } from '../judge.js';

/** A check that earned or weighs something else than before. */
export interface Cause {
  readonly check: string;
  readonly title: string;
  readonly kind: 'outcome' | 'points' | 'added' | 'removed';
  readonly before: string;
  readonly after: string;
  /** What it did to the total by itself, in points of 100. */
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
    policyChanged: JSON.stringify(weightsAndBars(before)) !== JSON.stringify(weightsAndBars(after)),
  };
}

const weightsAndBars = ({ policy }: Scorecard) => [
  Object.entries(policy.topicWeights).sort(),
  Object.entries(policy.levelBars).sort(),
];

function crossing(before: number | null, after: number | null, bar: number): Difference['crosses'] {
  if (before === null || after === null || before >= bar === after >= bar) return null;
  return after >= bar ? 'up' : 'down';
}

function causesOf(before: Scorecard, after: Scorecard): Cause[] {
  const former = new Map(before.checks.map((check) => [check.id, check]));
  const now = new Map(after.checks.map((check) => [check.id, check]));
  const ids = [...new Set([...former.keys(), ...now.keys()])];
  const effectOf = effectsIn(after);
  return ids
    .flatMap((id) => {
      const [was, is] = [former.get(id), now.get(id)];
      const kind = kindOf(was, is);
      const named = is ?? was;
      if (kind === null || !named) return [];
      const effect = effectOf(id, was);
      return [{ check: id, title: named.title, kind, before: say(was), after: say(is), effect }];
    })
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}

/** Gives the total less what it would be, had one check stayed as it was. */
function effectsIn(after: Scorecard): (id: string, was: ScorecardCheck | undefined) => number {
  const policy = policyOf(after);
  const checks = after.checks.map(toScored);
  const { score: total } = scoreOverall(checks, policy);
  return (id, was) => {
    const others = checks.filter(({ meta }) => meta.id !== id);
    const { score: without } = scoreOverall(was ? [...others, toScored(was)] : others, policy);
    return total === null || without === null ? 0 : Math.round((total - without) * 10) / 10;
  };
}

const toScored = (check: ScorecardCheck): Parameters<typeof scoreOverall>[0][number] => ({
  meta: metaOf(check),
  finding: { ...check, checkId: check.id, fraction: null, evidence: [] },
  points: check.points,
});

function kindOf(was: ScorecardCheck | undefined, is: ScorecardCheck | undefined): Cause['kind'] | null {
  if (!was || !is) return was ? 'removed' : 'added';
  if (was.outcome !== is.outcome || fraction(was) !== fraction(is)) return 'outcome';
  return was.maxPoints === is.maxPoints && was.topic === is.topic ? null : 'points';
}

const fraction = ({ points, maxPoints }: ScorecardCheck): number | null =>
  points === null ? null : Math.round((points / maxPoints) * 100);

function say(check: ScorecardCheck | undefined): string {
  if (!check) return 'not there';
  const { outcome, points, maxPoints } = check;
  const earned =
    points === null ? `${maxPoints} points that do not count` : `${points} of ${maxPoints} points`;
  return `${OUTCOME_WORDS[outcome].toLowerCase()}, ${earned}`;
}
