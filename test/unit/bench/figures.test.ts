import { expect, test } from '@jest/globals';
import type { LoadResult } from '../../../assessments/kit/schema/performance.js';
import { figuresOf, holds, nothingSeen } from '../../../harness/bench/performance/figures.js';
import { PERFORMANCE } from '../../golden/build/performance.js';

const LOAD = PERFORMANCE.loads[0] as LoadResult;
const withRatio = (value: number, unsure: string | null = null): LoadResult => ({
  ...LOAD,
  unsure,
  cost: { ...LOAD.cost!, ratio: { value, low: value - 0.02, high: value + 0.02 } },
});

test('what was not run is null, and stands in the way of nothing', () => {
  const figures = figuresOf(nothingSeen());
  expect(figures).toMatchObject({ runs: 0, cvQuiet: null, detected15: null, stageSeconds: null });
  expect(holds(figures)).toBe(true);
});

test('spread, shares and bands of what was', () => {
  const figures = figuresOf({
    ...nothingSeen(),
    quiet: [0.98, 1.02].map((value) => ({ load: withRatio(value), band: 'all pass' })),
    hog: { identical: [withRatio(1.1)], costlier: [withRatio(0.85)] },
    costlier: [withRatio(0.85), withRatio(0.97), withRatio(0.8, 'the machine was busy')],
    stages: [
      { checks: 8, load: 22 },
      { checks: 7, load: 26 },
    ],
  });
  expect(figures.cvQuiet).toBeCloseTo(0.0283, 4);
  expect(figures.falseAlarms).toBeCloseTo(1 / 3);
  expect(figures).toMatchObject({ runsHog: 1, detected15Hog: 1, detected15Grading: null });
  expect(figures.bands).toBe(1);
  expect(figures.detected15).toBeCloseTo(1 / 3);
  expect(figures.stageSeconds).toBe(26);
  expect(holds(figures)).toBe(false);
});
