import { spawn } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { endProcess, identify, isAlive } from '../../../harness/embedded/process.js';

test('a process is alive until it has ended, and is not mistaken for a later one of the same id', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  const id = identify(child.pid ?? 0);
  expect(isAlive(id)).toBe(true);
  expect(isAlive({ ...id, startedAt: '1' })).toBe(false);
  await endProcess(id, 'SIGTERM', 2000);
  expect(isAlive(id)).toBe(false);
});

test('one that ignores the signal is killed', async () => {
  const child = spawn(process.execPath, [
    '-e',
    "process.on('SIGTERM', () => {}); console.log(1); setInterval(() => {}, 1000)",
  ]);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const id = identify(child.pid ?? 0);
  await endProcess(id, 'SIGTERM', 100);
  expect(isAlive(id)).toBe(false);
});
