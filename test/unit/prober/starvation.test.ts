import { expect, test } from '@jest/globals';
import { hostUse, readHostUse } from '../../../runners/sandbox/figures/pressure.js';
import { beginStretch, wasPressed, wasStarved } from '../../../runners/prober/agent/checks/starvation.js';

const stretch = (waitedMs: number | null, serviceMs: number | null, others: number | null = 0.8) => ({
  wallMs: 1000,
  waitedMs,
  serviceMs,
  others,
});

test.each([
  ['a quiet host', stretch(50, 100), false, false],
  ['a host taken by others', stretch(900, 100), true, true],
  ['a host that the service itself keeps busy', stretch(900, 800), true, false],
  ['waiting that nobody else on the host has caused', stretch(900, 100, 0.1), true, false],
  ['a kernel that does not tell of the others', stretch(900, 100, null), true, true],
  ['a service that was started anew meanwhile', stretch(900, null), true, false],
  ['a kernel that does not tell', stretch(null, 100), false, false],
])('%s', (_name, given, pressed, starved) => {
  expect([wasPressed(given), wasStarved(given, 1)]).toEqual([pressed, starved]);
});

test('a service that is given part of a processor, and uses all of it, may have caused the waiting itself', () => {
  expect(wasStarved(stretch(900, 240), 0.5)).toBe(true);
  expect(wasStarved(stretch(900, 480), 0.5)).toBe(false);
});

test('a burst so short that it only got in its own way is no shortage', () => {
  expect(wasPressed({ wallMs: 100, waitedMs: 90, serviceMs: 30, others: 0.8 })).toBe(false);
});

test('a stretch has the processor time that the service used in it', async () => {
  const totals = [100, 160];
  const end = await beginStretch(() => Promise.resolve(totals.shift() ?? null));
  await expect(end()).resolves.toMatchObject({ serviceMs: 60 });
});

test('a lower total is a new start, and says nothing', async () => {
  const totals = [100, 40];
  const end = await beginStretch(() => Promise.resolve(totals.shift() ?? null));
  await expect(end()).resolves.toMatchObject({ serviceMs: null });
});

test('the kernel tells how busy the host has been, waiting for disks left out', () => {
  const text = 'cpu  100 1 50 9999 777 3 2 4 30 0\ncpu0 1 2\ncpu1 1 2\nintr 5\n';
  expect(readHostUse(text)).toEqual({ busyMs: 1600, cpus: 2 });
  expect(readHostUse('intr 5')).toBeNull();
  expect(hostUse()?.cpus).toBeGreaterThan(0);
});
