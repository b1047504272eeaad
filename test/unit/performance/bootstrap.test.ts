import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../../assessments/kit/index.js';
import { ratioInterval, trimmedMean } from '../../../runners/performance/figures/bootstrap.js';
import { slope } from '../../../runners/performance/figures/slope.js';

/** As many ratios as a measurement has, around a true one: a few per cent of noise, and now and then a neighbour who takes the machine. */
function sample(seed: string, truth: number, starts = 2, pairs = 11): number[][] {
  const random = seededRandom(seed);
  const noise = (span: number): number => 1 + (random.int(-1000, 1000) / 1000) * span;
  return Array.from({ length: starts }, () => {
    const own = noise(0.01);
    return Array.from(
      { length: pairs },
      () => truth * own * noise(0.03) * (random.int(1, 12) === 1 ? 1.4 : 1),
    );
  });
}

describe('the interval of a ratio', () => {
  // Two starts say little of how starts differ, so it is less than the nineteen of twenty that many starts would give.
  test('holds the true ratio in more than four of five samples, and is narrow', () => {
    const intervals = Array.from({ length: 100 }, (_, index) =>
      ratioInterval(sample(`s${index}`, 0.8), `b${index}`)!,
    );
    const hits = intervals.filter(({ low, high }) => low <= 0.8 && 0.8 <= high).length;
    expect(hits).toBeGreaterThan(80);
    const widths = intervals.map(({ low, high }) => high - low).sort((a, b) => a - b);
    expect(widths[90]).toBeLessThan(0.1);
  });

  test('tells 15 % apart from nothing, nearly always', () => {
    const highs = (truth: number) =>
      Array.from({ length: 40 }, (_, index) => ratioInterval(sample(`d${index}`, truth), 'b')?.high ?? 0);
    expect(highs(1 / 1.15).filter((high) => high < 0.97).length).toBeGreaterThanOrEqual(38);
    expect(highs(1).filter((high) => high > 0.97).length).toBeGreaterThanOrEqual(38);
  });

  test('is narrower where neighbours balance each other out', () => {
    const random = seededRandom('neighbours');
    const some = Array.from({ length: 12 }, () => Math.exp(random.int(-100, 100) / 1000));
    const width = (pairs: number[]): number => {
      const { low, high } = ratioInterval([pairs], 'b')!;
      return high - low;
    };
    const balanced = some.flatMap((one) => [one, 1 / one]);
    const apart = [...some, ...some.map((one) => 1 / one)];
    expect(width(balanced)).toBeLessThan(0.8 * width(apart));
  });

  test('is the same for the same data and seed, whatever else', () => {
    expect(ratioInterval(sample('x', 1), 'b')).toEqual(ratioInterval(sample('x', 1), 'b'));
  });

  test('is wider where starts contradict each other', () => {
    const width = (first: number, second: number): number => {
      const { low, high } = ratioInterval(
        [first, second].map((one) => sample(`${one}`, one, 1)[0]!),
        'b',
      )!;
      return high - low;
    };
    expect(width(0.9, 1.1)).toBeGreaterThan(2 * width(0.99, 1.01));
  });

  test('allows for what starts differ by where there is only one, and is nothing for none', () => {
    const { value, low, high } = ratioInterval([[0.5]], 'b')!;
    expect(value).toBe(0.5);
    expect(low).toBeCloseTo(0.5 * Math.exp(-0.04), 2);
    expect(high).toBeCloseTo(0.5 * Math.exp(0.04), 2);
    expect(ratioInterval([[], []], 'b')).toBeNull();
  });
});

test('a trimmed mean leaves out the extremes', () => {
  expect(trimmedMean([1, 1, 1, 1, 1000])).toBe(1);
  expect(trimmedMean([2])).toBe(2);
});

test('a slope is not moved by a single leap', () => {
  const points = Array.from({ length: 9 }, (_, x) => ({ x, y: 3 * x + (x === 5 ? 500 : 0) }));
  expect(slope(points)).toBeCloseTo(3);
  expect(slope([{ x: 1, y: 1 }])).toBe(0);
});
