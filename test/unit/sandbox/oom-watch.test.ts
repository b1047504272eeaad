import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { CgroupFolders } from '../../../runners/sandbox/figures/cgroup-layout.js';
import { cgroupGauge } from '../../../runners/sandbox/figures/cgroup-gauge.js';
import { Meter } from '../../../runners/sandbox/figures/meter.js';
import { watchForOom } from '../../../runners/sandbox/figures/oom-watch.js';

/** A folder stands for the kernel's. */
let folder: string;
let end: () => void = () => undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assayer-'));
  events(0);
});
afterEach(() => {
  end();
  rmSync(folder, { recursive: true, force: true });
});

const events = (kills: number): void =>
  writeFileSync(join(folder, 'memory.events'), `low 0\nhigh 0\nmax 9\noom 1\noom_kill ${kills}\n`);

async function calls(noticed: jest.Mock, count: number): Promise<void> {
  const deadline = Date.now() + 2_000;
  while (noticed.mock.calls.length < count && Date.now() < deadline) await sleep(2);
  expect(noticed).toHaveBeenCalledTimes(count);
}

test('a kill is noticed once, and a limit that was met without one is not', async () => {
  const noticed = jest.fn();
  end = watchForOom(folder, noticed);
  events(0);
  await sleep(60);
  expect(noticed).not.toHaveBeenCalled();
  events(1);
  await calls(noticed, 1);
  events(2);
  await sleep(30);
  expect(noticed).toHaveBeenCalledTimes(1);
});

test('a watch that was ended, or of a group that is gone, says nothing', async () => {
  const noticed = jest.fn();
  watchForOom(folder, noticed)();
  events(1);
  rmSync(folder, { recursive: true });
  watchForOom(folder, noticed)();
  await sleep(30);
  expect(noticed).not.toHaveBeenCalled();
});

test('a meter keeps what it noticed of a container whose group is gone before the next look', async () => {
  const folders: CgroupFolders = { version: 'v2', cpu: folder, memory: folder, pids: folder, freezer: null };
  const meter = new Meter(cgroupGauge(folders));
  events(1);
  const deadline = Date.now() + 2_000;
  while (!meter.sawOom() && Date.now() < deadline) await sleep(1);
  rmSync(folder, { recursive: true });
  meter.stop();
  expect(meter.sawOom()).toBe(true);
  // No look has ever succeeded: the other files were not there.
  expect(meter.final()).toBeNull();
});
