import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Histogram } from '../../../runners/performance/figures/histogram.js';

const of = (...micros: number[]): Histogram => {
  const histogram = new Histogram();
  for (const value of micros) histogram.record(value);
  return histogram;
};

describe('a histogram', () => {
  test('keeps every duration to within a hundredth, far below a millisecond as well', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_600_000_000 }), (micros) => {
        const kept = of(micros).percentileMs(0.5) * 1000;
        expect(Math.abs(kept - micros)).toBeLessThanOrEqual(micros / 100);
      }),
    );
  });

  test('gives the percentiles of what was put in', () => {
    const histogram = of(...Array.from({ length: 1000 }, (_, index) => (index + 1) * 100));
    expect(histogram.percentileMs(0.5)).toBeCloseTo(50, 0);
    expect(histogram.percentileMs(0.99)).toBeCloseTo(99, 0);
    expect(histogram.percentileMs(1)).toBeCloseTo(100, 0);
    expect(new Histogram().percentileMs(0.99)).toBe(0);
  });

  test('is the same after a journey as numbers, and adds up', () => {
    const one = of(1, 250, 250, 90_000);
    const again = Histogram.decode(one.encode());
    expect(again.encode()).toEqual(one.encode());
    expect(again.merge(of(7)).count).toBe(5);
  });
});
