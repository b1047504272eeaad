import { describe, expect, test } from '@jest/globals';
import { certainty, costFrom, unsteadiness } from '../../../runners/performance/figures/cost.js';
import type { Pair } from '../../../runners/performance/measure/course.js';
import { rightAnswers, type Segment } from '../../../runners/performance/measure/segment.js';
import { DRIVEN } from './support/segment.js';

const segment = (cpuMs: number, right = 300): Segment => ({ driven: DRIVEN, right, cpuMs, memoryBytes: 0 });
const pairs = (candidate: number, reference: number, count = 5): Pair[] =>
  Array.from({ length: count }, (_, index) => ({
    candidate: segment(candidate + index),
    reference: segment(reference + index),
  }));

describe('cost', () => {
  test('is the reference’s time over the candidate’s, for each right answer', () => {
    const cost = costFrom([pairs(200, 100), pairs(204, 102)], 's');
    expect(cost?.ratio.value).toBeCloseTo(0.505, 2);
    expect(cost?.cpuMs.reference).toBeCloseTo(0.34, 2);
    expect(cost?.speed.value).toBeCloseTo(1);
    expect(cost?.perSecond.candidate).toBeCloseTo(1000);
  });

  test('of a side that answered nothing rightly is none', () => {
    const silent = pairs(200, 100).map((pair) => ({ ...pair, candidate: segment(200, 0) }));
    expect(costFrom([silent], 's')).toBeNull();
  });

  test('says how far the reference differs from itself', () => {
    expect(costFrom([pairs(200, 100), pairs(200, 104)], 's')?.referenceSpread).toBeCloseTo(0.04, 2);
    expect(unsteadiness(0.14)).toBeNull();
    expect(unsteadiness(0.39)).toContain('differed by 39 %');
  });

  test('needs no third start while the reference agrees with itself and the pairs do', () => {
    const noisy = pairs(200, 100).map((pair, index) => ({ ...pair, candidate: segment(200 + 70 * index) }));
    const known = (...starts: Pair[][]) => certainty(costFrom(starts, 's')!);
    expect(known(pairs(200, 100, 12), pairs(202, 102, 12))).toBe('tight');
    expect(known(noisy, noisy)).toBe('doubtful');
    expect(known(pairs(200, 100), pairs(260, 130))).toBe('doubtful');
    expect(known(pairs(200, 100), pairs(260, 130), pairs(264, 132))).not.toBe('doubtful');
  });
});

test('wrong answers among those looked into count for all', () => {
  expect(rightAnswers({ ...DRIVEN, looked: 40, wrong: 10 })).toBe(225);
  expect(rightAnswers(DRIVEN)).toBe(300);
});
