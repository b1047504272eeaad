import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { cgroupGauge } from '../../../runners/sandbox/figures/cgroup-gauge.js';
import type { CgroupFolders } from '../../../runners/sandbox/figures/cgroup-layout.js';
import { cgroupFreezer } from '../../../runners/sandbox/freezer.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

/**
 * Version 2 control groups of the real kernel, whichever version the engine here uses: processor time and freezing need no
 * controller, so a group of our own in the version 2 hierarchy has them everywhere.
 */
let mount: string;
let folder: string;
let worker: ChildProcess;

beforeAll(async () => {
  mount = await mkdtemp(join(tmpdir(), 'assayer-cgroup-'));
  await execa('mount', ['-t', 'cgroup2', 'none', mount]);
  folder = join(mount, `assayer-test-${process.pid}`);
  await mkdir(folder);
  worker = spawn('sh', ['-c', 'read line; while :; do :; done & while :; do :; done'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  await writeFile(join(folder, 'cgroup.procs'), String(worker.pid));
  worker.stdin!.end('go\n');
});
afterAll(async () => {
  process.kill(-worker.pid!, 'SIGKILL');
  // The kernel keeps a group until the last of its processes is gone.
  await until(() =>
    rmdir(folder).then(
      () => true,
      () => false,
    ),
  );
  await execa('umount', [mount]);
  await rmdir(mount);
});

test('a frozen group uses no processor time, and goes on when it is let', async () => {
  const folders: CgroupFolders = {
    version: 'v2',
    cpu: folder,
    memory: folder,
    pids: folder,
    freezer: folder,
  };
  const [gauge, freezer] = [cgroupGauge(folders), cgroupFreezer(folders)!];
  await until(async () => (await gauge.cpuNs()) > 50_000_000n, 30_000);
  for (let turn = 0; turn < 3; turn++) {
    await freezer.freeze();
    const frozenAt = await gauge.cpuNs();
    await sleep(100);
    // Coming to rest is announced a moment before the last instruction.
    expect((await gauge.cpuNs()) - frozenAt).toBeLessThan(5_000_000n);
    await freezer.thaw();
    await until(async () => (await gauge.cpuNs()) > frozenAt, 30_000);
  }
});
