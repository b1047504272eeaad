import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { cgroupGauge } from '../../../runners/sandbox/figures/cgroup-gauge.js';
import { layoutOf, learnLayout } from '../../../runners/sandbox/figures/cgroup-layout.js';
import type { Gauge, Reading } from '../../../runners/sandbox/figures/gauge.js';
import { Meter, toFigures } from '../../../runners/sandbox/figures/meter.js';
import { SandboxError } from '../../../runners/sandbox/types.js';

const V1_MOUNTS = [
  '30 28 0:26 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:10 - cgroup cgroup rw,cpu,cpuacct',
  '31 28 0:27 / /sys/fs/cgroup/memory rw,nosuid shared:11 - cgroup cgroup rw,memory',
  '32 28 0:28 / /sys/fs/cgroup/pids rw,nosuid shared:12 - cgroup cgroup rw,pids',
  '34 28 0:30 / /sys/fs/cgroup/freezer rw,nosuid shared:14 - cgroup cgroup rw,freezer',
  '33 28 0:29 / /sys/fs/cgroup/unified rw,nosuid shared:13 - cgroup2 cgroup2 rw',
].join('\n');
const V2_MOUNTS = '30 28 0:26 / /sys/fs/cgroup rw,nosuid shared:10 - cgroup2 cgroup2 rw,nsdelegate';

describe('layoutOf', () => {
  test('version 1', () => {
    const cgroup =
      '9:name=systemd:/docker/abc\n10:freezer:/docker/abc\n8:pids:/docker/abc\n4:memory:/docker/abc\n2:cpu,cpuacct:/docker/abc\n0::/';
    expect(layoutOf(cgroup, V1_MOUNTS, 'abc')?.('xyz')).toEqual({
      version: 'v1',
      cpu: '/sys/fs/cgroup/cpu,cpuacct/docker/xyz',
      memory: '/sys/fs/cgroup/memory/docker/xyz',
      pids: '/sys/fs/cgroup/pids/docker/xyz',
      freezer: '/sys/fs/cgroup/freezer/docker/xyz',
    });
  });

  test('version 2, as systemd names it', () => {
    const folder = '/sys/fs/cgroup/system.slice/docker-xyz.scope';
    expect(layoutOf('0::/system.slice/docker-abc.scope\n', V2_MOUNTS, 'abc')?.('xyz')).toEqual({
      version: 'v2',
      cpu: folder,
      memory: folder,
      pids: folder,
      freezer: folder,
    });
  });

  test('another process with the same number is not taken for the container', () => {
    expect(layoutOf('0::/user.slice/session-1.scope\n', V2_MOUNTS, 'abc')).toBeNull();
    expect(learnLayout('no-such-container', process.pid)).toBeNull();
  });
});

describe('cgroupGauge', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assayer-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const gaugeOf = (version: 'v1' | 'v2', files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return cgroupGauge({ version, cpu: folder, memory: folder, pids: folder, freezer: null });
  };

  test('version 1', async () => {
    const gauge = gaugeOf('v1', {
      'cpuacct.usage': '123456789\n',
      'memory.usage_in_bytes': '5000\n',
      'memory.stat': 'cache 1\ninactive_file 7\ntotal_inactive_file 2000\n',
      'memory.max_usage_in_bytes': '9000\n',
      'pids.current': '3\n',
      'memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 1\n',
    });
    expect(await gauge.read()).toEqual({
      cpuNs: 123456789n,
      memoryBytes: 3000,
      memoryPeakBytes: 9000,
      pids: 3,
      oomKills: 1,
    });
  });

  test('version 2, on a kernel that keeps no peak', async () => {
    const gauge = gaugeOf('v2', {
      'cpu.stat': 'usage_usec 1500\nuser_usec 1000\nsystem_usec 500\n',
      'memory.current': '5000\n',
      'memory.stat': 'anon 1\ninactive_file 2000\n',
      'pids.current': '3\n',
      'memory.events': 'low 0\nhigh 0\nmax 4\noom 2\noom_kill 2\n',
    });
    expect(await gauge.read()).toEqual({
      cpuNs: 1500000n,
      memoryBytes: 3000,
      memoryPeakBytes: 0,
      pids: 3,
      oomKills: 2,
    });
    writeFileSync(join(folder, 'memory.peak'), '8000\n');
    expect((await gauge.read()).memoryPeakBytes).toBe(8000);
  });

  test('fails once the container has ended', async () => {
    await expect(gaugeOf('v1', {}).cpuNs()).rejects.toThrow('ENOENT');
  });
});

describe('Meter', () => {
  const reading = (cpuNs: bigint, peak: number): Reading => ({
    cpuNs,
    memoryBytes: 10,
    memoryPeakBytes: peak,
    pids: 2,
    oomKills: 0,
  });
  const gauge = (read: () => Promise<Reading>): Gauge => ({
    intervalMs: 10,
    read,
    cpuNs: async () => (await read()).cpuNs,
  });
  let meter: Meter;
  afterEach(() => meter.stop());

  test('keeps the last look and the highest peak', async () => {
    const looks = [reading(1_000n, 50), reading(2_500_000n, 30)];
    meter = new Meter(gauge(async () => looks.shift() ?? Promise.reject(new Error('ENOENT'))));
    await meter.look();
    await meter.look();
    expect(meter.final()).toMatchObject({ cpuNs: 2_500_000n, memoryPeakBytes: 50 });
    expect(await meter.cpuNs()).toBe(2_500_000n);
    expect(toFigures(meter.final()!)).toEqual({ cpuMs: 2.5, memoryBytes: 10, memoryPeakBytes: 50, pids: 2 });
  });

  test('looks by itself until it is stopped', async () => {
    const read = jest.fn(async () => reading(1n, 1));
    meter = new Meter(gauge(read));
    const deadline = Date.now() + 2_000;
    while (read.mock.calls.length < 4 && Date.now() < deadline) await new Promise((r) => setTimeout(r, 5));
    expect(read.mock.calls.length).toBeGreaterThanOrEqual(4);
    meter.stop();
    const looks = read.mock.calls.length;
    await meter.look();
    expect(read.mock.calls.length).toBe(looks);
  });

  test('does not pass off an engine that is silent as no work done', async () => {
    const silent = new SandboxError('engineUnavailable', 'silent');
    meter = new Meter(gauge(async () => Promise.reject(silent)));
    await expect(meter.cpuNs()).rejects.toBe(silent);
    expect(meter.final()).toBeNull();
  });
});
