import { describe, expect, test } from '@jest/globals';
import { noiseOf, rank, standingWords } from '../../../harness/review/comparison.js';
import { goldenScorecard } from '../../golden/build/scorecard.js';

const total = (score: number | null, low = score, high = score) => ({
  score,
  range: low === null || high === null ? null : { low, high },
});
const placed = (...totals: ReturnType<typeof total>[]) =>
  rank(totals, (one) => one, 3).map(({ item, rank: place, tied }) => [item.score, place, tied]);

describe('the noise', () => {
  test('is what the heaviest check does to the total', () => {
    const check = (topic: 'T1' | 'T2', maxPoints: number) => ({ ...firstCheck, topic, maxPoints });
    const [firstCheck] = goldenScorecard().checks as [ReturnType<typeof goldenScorecard>['checks'][0]];
    const checks = [check('T1', 3), check('T1', 1), check('T2', 2), check('T2', 2)];
    const policy = { ...goldenScorecard().policy, topicWeights: { T1: 3, T2: 1, T9: 5 } };
    // Of T1, three quarters of its 75 points; T9 has no checks and no part in it.
    expect(noiseOf({ checks, policy })).toBeCloseTo(56.25);
  });

  test('of a real assessment is a few points', () => {
    const noise = noiseOf(goldenScorecard());
    expect(noise).toBeGreaterThan(1);
    expect(noise).toBeLessThan(10);
  });
});

describe('the places', () => {
  test('go by score, best first', () => {
    expect(placed(total(10), total(90), total(50))).toEqual([
      [90, 1, false],
      [50, 2, false],
      [10, 3, false],
    ]);
  });

  test('are shared by those within the noise of the best of them, and are counted on after that', () => {
    expect(placed(total(90), total(88), total(86), total(40))).toEqual([
      [90, 1, true],
      [88, 1, true],
      [86, 3, false],
      [40, 4, false],
    ]);
  });

  test('are shared where what was not measured could make up the difference', () => {
    expect(placed(total(90, 80, 95), total(70, 60, 82))).toEqual([
      [90, 1, true],
      [70, 1, true],
    ]);
  });

  test('are not given without a score', () => {
    expect(placed(total(null), total(3))).toEqual([
      [3, 1, false],
      [null, null, false],
    ]);
  });
});

describe('the standing', () => {
  test('is told with how many others there are, and only where they say something', () => {
    const lower = new Map([[70, 12]]);
    expect(standingWords(70, { graded: 18, lower })).toBe('above 70 % of 17 others');
    expect(standingWords(70, { graded: 9, lower })).toBeNull();
    expect(standingWords(null, { graded: 18, lower })).toBeNull();
  });
});
