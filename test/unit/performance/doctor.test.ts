import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { proberBundles } from '../../../docker/bundle.js';

const folder = mkdtempSync(join(tmpdir(), 'assayer-'));
beforeAll(async () => {
  for (const { name, text: program } of await proberBundles()) writeFileSync(join(folder, name), program);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const MB = 2 ** 20;
/** What a process is like in a second: how much of a processor it takes, and how late a timer is, milliseconds. */
const word = (cpu: number, delay: number) => ({
  busyMs: 900,
  stats: Array.from({ length: 100 }, (_, index) => ({
    timestamp: 1_000_000 + index * 10,
    delay: delay + (index % 3) / 10,
    cpu: cpu + (index % 7) / 100,
    memory: { rss: 60 * MB, heapTotal: 30 * MB, heapUsed: 20 * MB, external: MB },
    handles: 12,
    loopUtilization: 50,
  })),
  gc: Array.from({ length: 5 }, (_, index) => {
    const startTimestamp = 1_000_100 + index * 100;
    return { name: 'V8.GCScavenger', args: { startTimestamp, endTimestamp: startTimestamp + 1 } };
  }),
});

async function judged(...lines: readonly string[]): Promise<unknown[]> {
  const child = spawn(process.execPath, [join(folder, 'doctor.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(lines.join('\n'));
  const told = await text(child.stdout);
  return told.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as unknown)));
}

test('Doctor tells a process that waits from one that computes, and from one that holds its loop', async () => {
  const lines = [word(0.2, 0.5), word(1, 0.5), word(1, 150)].map((one) => JSON.stringify(one));
  expect(await judged(...lines)).toEqual([
    { busyMs: 900, category: 'io' },
    { busyMs: 900, category: 'none' },
    { busyMs: 900, category: 'event-loop' },
  ]);
}, 60_000);

test('what is no word of the probe is left out, and too little of one is told', async () => {
  const short = { ...word(1, 0), stats: [] };
  expect(await judged('{"stats":', '{"busyMs":1}', JSON.stringify(short))).toEqual([
    { busyMs: 900, category: 'data' },
  ]);
}, 60_000);
