import { expect, test } from '@jest/globals';
import type { RunEvent } from '../../../harness/pipeline/events.js';
import { bufferEvents } from '../../../harness/queue/event-buffer.js';

const started: RunEvent = { type: 'stageStarted', stage: 'boot' };
const log = (line: string): RunEvent => ({ type: 'log', stage: 'install', line });

function recorder(answers: (boolean | Error)[] = []) {
  const batches: (readonly RunEvent[])[] = [];
  let lost = 0;
  const buffer = bufferEvents(
    async (events) => {
      const answer = answers.shift() ?? true;
      if (answer instanceof Error) throw answer;
      batches.push(events);
      return answer;
    },
    () => (lost += 1),
  );
  return { buffer, batches, lost: () => lost };
}

test('events are written in order, many at a time', async () => {
  const { buffer, batches } = recorder();
  for (let index = 0; index < 50; index += 1) buffer.emit(log(String(index)));
  await buffer.close();
  expect(batches).toHaveLength(1);
  expect(batches.flat().map((event) => (event.type === 'log' ? event.line : ''))).toEqual(
    Array.from({ length: 50 }, (_, index) => String(index)),
  );
});

test('events wait for a database that is away', async () => {
  const { buffer, batches } = recorder([new Error('away')]);
  buffer.emit(started);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(batches).toEqual([]);
  await buffer.close();
  expect(batches).toEqual([[started]]);
});

test('a run that is not ours any more is told once, and nothing more is written', async () => {
  const { buffer, batches, lost } = recorder([false]);
  buffer.emit(started);
  await new Promise((resolve) => setTimeout(resolve, 200));
  buffer.emit(started);
  await buffer.close();
  expect([lost(), batches.length]).toEqual([1, 1]);
});

test('a flood of output is cut, other events are not', async () => {
  const { buffer, batches } = recorder();
  for (let index = 0; index < 5000; index += 1) buffer.emit(log('x'.repeat(5000)));
  buffer.emit(started);
  await buffer.close();
  const events = batches.flat();
  expect(events).toHaveLength(2001);
  expect(events.at(-1)).toEqual(started);
  expect(Math.max(...events.map((event) => (event.type === 'log' ? event.line.length : 0)))).toBe(2000);
});
