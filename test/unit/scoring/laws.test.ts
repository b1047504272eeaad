import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CheckMeta, Finding } from '../../../assessments/kit/index.js';
import { DIMENSIONS, LEVELS, OUTCOMES } from '../../../assessments/kit/index.js';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { scoreRun } from '../../../harness/scoring/index.js';
import { LEVEL_RANK, SOME_TOPICS, check, finding, policy, record } from './build.js';

interface Case {
  readonly checks: readonly CheckMeta[];
  readonly findings: readonly Finding[];
  readonly weights: Readonly<Record<string, number>>;
}

const oneCheck = fc.record({
  topic: fc.constantFrom(...SOME_TOPICS),
  level: fc.constantFrom(...LEVELS),
  dimension: fc.constantFrom(...DIMENSIONS),
  points: fc.integer({ min: 1, max: 9 }),
  outcome: fc.constantFrom(...OUTCOMES),
  share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
});

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    made: fc.array(oneCheck, { minLength: 1, maxLength: 14 }),
    weights: fc.record({ T1: fc.nat(5), T4: fc.nat(5), T9: fc.nat(5) }),
  })
  .map(({ made, weights }) => ({
    weights,
    checks: made.map(({ outcome: _, share: __, ...meta }, index) => check(`c${index}`, meta)),
    findings: made.map(({ outcome, share }, index) =>
      outcome === 'partial' ? finding(`c${index}`, outcome, share) : finding(`c${index}`, outcome),
    ),
  }));

const grade = ({ checks, findings, weights }: Case): Scorecard =>
  scoreRun(record(findings), policy(checks, weights));

const scoresOf = (card: Scorecard): (number | null)[] => [
  card.overall.score,
  card.overall.range?.low ?? null,
  card.overall.range?.high ?? null,
  ...card.topics.map((topic) => topic.score),
  ...DIMENSIONS.map((dimension) => card.dimensions[dimension].score),
];

const ranksOf = (card: Scorecard): (number | null)[] =>
  card.topics.map((topic) => (topic.level === null ? null : LEVEL_RANK[topic.level]));

const neverLower = (before: readonly (number | null)[], after: readonly (number | null)[]): boolean =>
  before.every((value, index) => value === null || (after[index] ?? -1) >= value);

describe('laws of scoring', () => {
  test('every score is null or from 0 to 100 with one decimal, inside its range', () => {
    fc.assert(
      fc.property(anyCase, (sample) => {
        const card = grade(sample);
        for (const score of scoresOf(card)) {
          if (score !== null)
            expect([score >= 0, score <= 100, Number(score.toFixed(1))]).toEqual([true, true, score]);
        }
        const { score, range } = card.overall;
        expect(range === null).toBe(score === null);
        if (score !== null && range !== null) expect(range.low <= score && score <= range.high).toBe(true);
      }),
    );
  });

  test('a check that passes after all lowers no score and no level', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (sample, pick) => {
        const lost = sample.findings.filter((item) => item.outcome === 'fail' || item.outcome === 'partial');
        const chosen = lost[pick % Math.max(1, lost.length)];
        fc.pre(chosen !== undefined);
        const better = sample.findings.map((item) =>
          item === chosen ? finding(item.checkId, 'pass') : item,
        );
        const before = grade(sample);
        const after = grade({ ...sample, findings: better });
        expect(neverLower(scoresOf(before), scoresOf(after))).toBe(true);
        expect(neverLower(ranksOf(before), ranksOf(after))).toBe(true);
      }),
    );
  });

  test('the order of findings does not matter', () => {
    fc.assert(
      fc.property(anyCase, (sample) => {
        expect(grade({ ...sample, findings: [...sample.findings].reverse() })).toEqual(grade(sample));
      }),
    );
  });

  test('what has no result is listed, has no points, and never lowers a score that stays one', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), (sample, pick) => {
        const failed = sample.findings.filter((item) => item.outcome === 'fail');
        const chosen = failed[pick % Math.max(1, failed.length)];
        fc.pre(chosen !== undefined);
        const spared = sample.findings.map((item) =>
          item === chosen ? finding(item.checkId, 'error') : item,
        );
        const before = grade(sample).topics;
        const after = grade({ ...sample, findings: spared });
        expect(after.overall.notMeasured).toContain(chosen?.checkId);
        expect(after.checks.find((item) => item.id === chosen?.checkId)?.points).toBeNull();
        after.topics.forEach((topic, index) => {
          if (topic.score !== null) expect(topic.score).toBeGreaterThanOrEqual(before[index]?.score ?? 0);
        });
      }),
    );
  });

  test('the same record gives the same scorecard, to the byte', () => {
    fc.assert(
      fc.property(anyCase, (sample) => {
        expect(JSON.stringify(grade(sample))).toBe(JSON.stringify(grade(sample)));
      }),
      { numRuns: 20 },
    );
  });
});
