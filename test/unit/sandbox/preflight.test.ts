import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { atMost } from '../../../runners/sandbox/concurrency.js';
import { runPreflight } from '../../../runners/sandbox/preflight/index.js';
import { PROBES } from '../../../runners/sandbox/preflight/probes/index.js';
import { lookScript, program } from '../../../runners/sandbox/preflight/script.js';
import { tinyProgram } from '../../../runners/sandbox/preflight/tiny-program.js';
import { dockerSandbox } from '../../../runners/sandbox/index.js';

// The programs are for this one kind of machine.
const onX64 = process.platform === 'linux' && process.arch === 'x64' ? test : test.skip;

onX64('a tiny program makes one call and exits with its error number', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assayer-'));
  const run = (bytes: Buffer): number | null => {
    const path = join(folder, 'program');
    writeFileSync(path, bytes, { mode: 0o755 });
    const { status } = spawnSync(path);
    rmSync(path);
    return status;
  };
  const [getuid, close, unknown, ENOSYS, EBADF] = [102, 3, 9999, 38, 9];
  expect(run(tinyProgram({ number: getuid }))).toBe(0);
  expect(run(tinyProgram({ number: unknown }))).toBe(ENOSYS);
  expect(run(tinyProgram({ number: close, args: [-1] }))).toBe(EBADF);
  rmSync(folder, { recursive: true });
});

test('one look that fails does not keep the others from telling what they saw', () => {
  const looks = [
    { id: 'broken', script: 'return nothing.at.all;' },
    { id: 'sum', script: 'return input.a + (await input.b);' },
  ];
  const out = execFileSync(process.execPath, ['-e', program(lookScript(looks))], {
    env: { INPUT: JSON.stringify({ sum: { a: 1, b: 2 } }) },
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  expect(out).toBe('said ["sum",3]\n');
});

test('probes have names of their own', () => {
  const ids = PROBES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('without an engine the report says so, and the host is looked at all the same', async () => {
  const sandbox = dockerSandbox({
    pauseImage: 'p',
    owner: 'unit',
    dockerHost: 'unix:///nowhere/engine.sock',
  });
  const report = await runPreflight(sandbox, { sandbox: 's' }, [
    { id: 'disk', title: 'Disk', run: async () => ({ holds: true, detail: 'enough' }) },
    { id: 'redis', title: 'Redis', run: () => Promise.reject(new Error('refused')) },
  ]);
  expect(report).toMatchObject({ holds: false, engine: null });
  expect(report.results).toEqual([
    {
      id: 'engine',
      title: expect.any(String),
      holds: false,
      detail: expect.stringContaining('does not answer'),
    },
    { id: 'disk', title: 'Disk', holds: true, detail: 'enough' },
    { id: 'redis', title: 'Redis', holds: false, detail: 'refused' },
  ]);
});

test('at most so many at a time, in order', async () => {
  const lane = atMost(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const work = [1, 2, 3, 4].map((n) =>
    lane(async () => {
      begun.push(n);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (n === 1) throw new Error('one');
    }),
  );
  const failed = expect(work[0]).rejects.toThrow('one');
  await new Promise(setImmediate);
  expect(begun).toEqual([1, 2]);
  ends[0]!();
  await failed;
  await new Promise(setImmediate);
  expect(begun).toEqual([1, 2, 3]);
  ends.splice(1).forEach((end) => end());
  await new Promise(setImmediate);
  ends.at(-1)!();
  await Promise.allSettled(work);
  expect(begun).toEqual([1, 2, 3, 4]);
});
