import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { until } from '../../integration/support/until.js';
import { startLoop } from '../../../harness/queue/loop.js';

const settle = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('works at once, soon after being poked (once for several pokes), and not after the end', async () => {
  let times = 0;
  const loop = startLoop('test', 60_000, async () => void (times += 1), pino({ level: 'silent' }));
  try {
    await until(() => times === 1);
    for (let index = 0; index < 5; index += 1) loop.poke();
    await until(() => times === 2);
    await settle(60);
    expect(times).toBe(2);
  } finally {
    await loop.stop();
  }
  loop.poke();
  await settle(60);
  expect(times).toBe(2);
});

test('a lasting fault is one line in the log, and its end another', async () => {
  const lines: string[] = [];
  let broken = true;
  const work = async (): Promise<void> => {
    if (broken) throw new Error('away');
  };
  const loop = startLoop('test', 1, work, pino({}, { write: (line) => void lines.push(line) }));
  await settle(30);
  broken = false;
  await settle(30);
  await loop.stop();
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
    'failed; will go on trying',
    'works again',
  ]);
});
