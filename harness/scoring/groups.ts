import type { Dimension, TopicId } from '../../assessments/kit/index.js';
import { DIMENSIONS, TOPICS, TOPIC_IDS } from '../../assessments/kit/index.js';
import type { Scorecard, ScorecardTopic } from '../../assessments/kit/schema/scorecard.js';
import { ladder, levelReached } from './ladder.js';
import type { ScoredCheck } from './pair-findings.js';
import { reasonFor, reasonUnmeasured } from './reason.js';
import { round } from './round.js';
import { isMeasured, rangeOf, scoreOf, tally } from './tally.js';
import type { Policy } from './types.js';

/** The topics that have checks, in their usual order. */
export function scoreTopics(checks: readonly ScoredCheck[], policy: Policy): ScorecardTopic[] {
  return TOPIC_IDS.flatMap((id) => {
    const own = checks.filter((check) => check.meta.topic === id);
    return own.length === 0 ? [] : [scoreTopic(id, own, policy)];
  });
}

function scoreTopic(id: TopicId, checks: readonly ScoredCheck[], policy: Policy): ScorecardTopic {
  const score = rounded(scoreOf(tally(checks)));
  const { name } = TOPICS[id];
  if (score === null) return { id, name, score, level: null, reason: reasonUnmeasured(checks) };
  const steps = ladder(checks, policy.spec.levelBars);
  const level = levelReached(steps);
  return { id, name, score, level, reason: reasonFor(level, steps, checks) };
}

export function scoreDimensions(checks: readonly ScoredCheck[]): Scorecard['dimensions'] {
  const score = (dimension: Dimension) =>
    rounded(scoreOf(tally(checks.filter((check) => check.meta.dimension === dimension))));
  return Object.fromEntries(
    DIMENSIONS.map((name) => [name, { score: score(name) }]),
  ) as Scorecard['dimensions'];
}

/**
 * The mean of the topics that have a score, by their weights; a topic without a weight does not count. Null when the topics
 * with a score hold under half of the weight: the rule of `isMeasured`, one floor up.
 */
export function scoreOverall(checks: readonly ScoredCheck[], policy: Policy): Scorecard['overall'] {
  const topics = TOPIC_IDS.map((id) => ({
    weight: policy.spec.topicWeights[id] ?? 0,
    sum: tally(checks.filter((check) => check.meta.topic === id)),
  })).filter(({ weight, sum }) => weight > 0 && sum.applicable > 0);
  const counted = topics.filter(({ sum }) => isMeasured(sum));
  const weight = total(counted.map((topic) => topic.weight));
  const notMeasured = checks
    .filter(({ finding, points }) => points === null && finding.outcome !== 'notApplicable')
    .map((check) => check.meta.id);
  if (counted.length === 0 || weight * 2 < total(topics.map((topic) => topic.weight))) {
    return { score: null, range: null, notMeasured };
  }
  const mean = (value: (topic: (typeof counted)[number]) => number) =>
    round(total(counted.map((topic) => topic.weight * value(topic))) / weight, 1);
  return {
    score: mean(({ sum }) => (sum.earned / sum.measured) * 100),
    range: { low: mean(({ sum }) => rangeOf(sum).low), high: mean(({ sum }) => rangeOf(sum).high) },
    notMeasured,
  };
}

function rounded(score: number | null): number | null {
  return score === null ? null : round(score, 1);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
