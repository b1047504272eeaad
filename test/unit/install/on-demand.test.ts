import { expect, test } from '@jest/globals';
import { OnDemand } from '../../../runners/install/registry/on-demand.js';

function things() {
  const log: string[] = [];
  let end: () => void = () => undefined;
  let count = 0;
  const start = async () => {
    count += 1;
    log.push(`start ${count}`);
    if (count === 3) throw new Error('cannot');
    const ended = new Promise<void>((resolve) => (end = resolve));
    return { number: count, ended, stop: async () => void log.push('stop') };
  };
  return { onDemand: new OnDemand(start), log, crash: () => end() };
}

test('starts once for all who ask, again after a crash, a failure or a stop', async () => {
  const { onDemand, log, crash } = things();
  expect((await Promise.all([onDemand.get(), onDemand.get()])).map(({ number }) => number)).toEqual([1, 1]);
  crash();
  await new Promise(setImmediate);
  expect((await onDemand.get()).number).toBe(2);
  await onDemand.stop();
  await expect(onDemand.get()).rejects.toThrow('cannot');
  expect((await onDemand.get()).number).toBe(4);
  expect(log).toEqual(['start 1', 'start 2', 'stop', 'start 3', 'start 4']);
});

test('stops nothing when nothing runs', async () => {
  const { onDemand, log } = things();
  await onDemand.stop();
  expect(log).toEqual([]);
});
