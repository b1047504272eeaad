import { expect, test } from '@jest/globals';
import { createLane } from '../../../../harness/pipeline/performance/lane.js';

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const never = new AbortController().signal;

test('work in a lane never overlaps and keeps its order', async () => {
  const lane = createLane(`test-${process.pid}`);
  const seen: string[] = [];
  const job = (name: string) => async (): Promise<void> => {
    seen.push(`${name} in`);
    await tick();
    seen.push(`${name} out`);
  };
  await Promise.all(['a', 'b', 'c'].map((name) => lane(job(name), never)));
  expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
});

test('work that fails lets the next one in', async () => {
  const lane = createLane(`test-${process.pid}`);
  await expect(lane(() => Promise.reject(new Error('broken')), never)).rejects.toThrow('broken');
  await expect(lane(() => Promise.resolve('next'), never)).resolves.toBe('next');
});

test('who gives up waiting does not let others in early', async () => {
  const lane = createLane(`test-${process.pid}`);
  const stop = new AbortController();
  let inside = 0;
  let most = 0;
  const job = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await tick();
    inside--;
  };
  const first = lane(job, never);
  const second = lane(job, stop.signal);
  const third = lane(job, never);
  stop.abort(new Error('cancelled'));
  await expect(second).rejects.toThrow('cancelled');
  await Promise.all([first, third]);
  expect(most).toBe(1);
});

test('two processes of a machine share one lane', async () => {
  const name = `test-${process.pid}-shared`;
  const [here, there] = [createLane(name), createLane(name)];
  let inside = 0;
  let most = 0;
  const job = async (): Promise<void> => {
    most = Math.max(most, ++inside);
    await tick();
    inside--;
  };
  await Promise.all([here(job, never), there(job, never), here(job, never)]);
  expect(most).toBe(1);
});
