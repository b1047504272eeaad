import { expect, test } from '@jest/globals';
import { trackProgress } from '../../../harness/pipeline/progress.js';

test('what containers used is summed by what they were for', () => {
  const progress = trackProgress(() => undefined, new AbortController().signal);
  const one = { role: 'service', cpuMs: 1500, memoryPeakBytes: 50 * 2 ** 20, pidsPeak: 7, outputBytes: 2048 };
  progress.used([one, { ...one, role: 'prober' }]);
  progress.used([{ ...one, cpuMs: 250, memoryPeakBytes: 80 * 2 ** 20, pidsPeak: 3 }]);
  expect(progress.resources).toEqual([
    { role: 'service', containers: 2, cpuSeconds: 1.75, memoryPeakMb: 80, pidsPeak: 7, outputKb: 4 },
    { role: 'prober', containers: 1, cpuSeconds: 1.5, memoryPeakMb: 50, pidsPeak: 7, outputKb: 2 },
  ]);
});
