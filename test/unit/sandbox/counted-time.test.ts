import { expect, jest, test } from '@jest/globals';
import { budget, CountedTime, whileTimeIsLeft } from '../../../runners/sandbox/counted-time.js';

const MS = 1_000_000n;

/** What counts of 1000 ms on the clock. */
function counted(waited: number | null, cpuMs: bigint, cpus = 1): number {
  jest.useFakeTimers();
  try {
    const totals = [500, waited === null ? null : 500 + waited];
    const time = new CountedTime(cpus, () => totals.shift() ?? null);
    jest.advanceTimersByTime(1000);
    return Math.round(time.at(cpuMs * MS));
  } finally {
    jest.useRealTimers();
  }
}

test.each([
  ['all of it on a quiet host', counted(0, 100n), 1000],
  ['not what a busy host took', counted(900, 50n), 100],
  ['its own processor time even so', counted(900, 700n), 700],
  ['on as many processors as it was given', counted(900, 1200n, 2), 600],
  ['all of it where the host is not known', counted(null, 100n), 1000],
  ['never more than the clock says', counted(1000, 3000n), 1000],
])('what counts is %s', (_what, got, wanted) => expect(got).toBe(wanted));

test('a deadline moves as long as time that counts is left, and comes in the end', async () => {
  const never = new Promise(() => undefined);
  const began = performance.now();
  expect(
    await whileTimeIsLeft(
      never,
      budget(50, async () => 0),
    ),
  ).toBeNull();
  const took = performance.now() - began;
  expect(took).toBeGreaterThan(150);
  expect(took).toBeLessThan(4000);
});

test('what is done in time is handed on, and what fails throws', async () => {
  const soon = new Promise((resolve) => setTimeout(() => resolve('done'), 30));
  expect(
    await whileTimeIsLeft(
      soon,
      budget(20_000, async () => 0),
    ),
  ).toEqual({ value: 'done' });
  await expect(
    whileTimeIsLeft(
      Promise.reject(new Error('no')),
      budget(20_000, async () => 0),
    ),
  ).rejects.toThrow('no');
});
