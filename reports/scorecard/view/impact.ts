import type { Scorecard, ScorecardCheck } from '../../../assessments/kit/schema/scorecard.js';

/** What a check is worth in the total, in points of 100, by its topic's weight. */
export type Impact = (check: ScorecardCheck, points: number) => number;

export function impactOn({ checks, topics, policy }: Scorecard): Impact {
  const measured = topics.filter((topic) => topic.score !== null);
  const weightOf = (id: ScorecardCheck['topic']) => policy.topicWeights[id] ?? 0;
  const allWeights = measured.reduce((sum, topic) => sum + weightOf(topic.id), 0);
  const topicPoints = new Map<string, number>();
  for (const check of checks) {
    if (check.points !== null)
      topicPoints.set(check.topic, (topicPoints.get(check.topic) ?? 0) + check.maxPoints);
  }
  return (check, points) => {
    const of = topicPoints.get(check.topic) ?? 0;
    return of === 0 || allWeights === 0 ? 0 : (points / of) * (weightOf(check.topic) / allWeights) * 100;
  };
}
