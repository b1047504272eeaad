import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Program } from '../support/program.js';
import { compile, run } from '../support/program.js';
import { until } from '../support/until.js';
import { quick, Stage } from './stage.js';

jest.setTimeout(60_000);

let program: string;
let programs: Program[] = [];
/** Whether a worker process that died is followed by another. */
let replacing = false;

beforeAll(async () => {
  program = await compile('test/integration/queue/child.ts');
});
afterEach(async () => {
  replacing = false;
  await Promise.all(programs.map((one) => one.kill('SIGKILL')));
  programs = [];
});
afterAll(() => rm(dirname(program), { recursive: true }));
const stage = new Stage();

function workInChild(): Program {
  const child = run(program, { DATABASE_URL: stage.databaseUrl, REDIS_URL: stage.services.redisUrl });
  programs.push(child);
  return child;
}

function replace(): void {
  workInChild().child.once('exit', () => replacing && replace());
}

test('a run whose worker is killed is taken over by another', async () => {
  const child = workInChild();
  await until(() => child.output() !== '');
  const submission = await stage.submit('hangs in the first worker');
  await until(() => child.output().includes('hanging'));
  await child.kill('SIGKILL');
  stage.work(quick());
  // The lease of 2 s, a tick of the steward, and the queue.
  const run_ = await stage.final(submission, 10_000);
  expect(run_).toMatchObject({ state: 'done', attempts: 2, score: 100 });
  await stage.everyRunEndedOnce();
});

test('a run that kills every worker ends as not graded, and its neighbour is graded', async () => {
  const deadly = await stage.submit('kills its worker');
  const honest = await stage.submit();
  replacing = true;
  replace();
  expect(await stage.final(deadly, 40_000)).toMatchObject({
    state: 'failed',
    attempts: 3,
    verdict: { code: 'attemptsExhausted' },
  });
  expect(await stage.final(honest)).toMatchObject({ state: 'done' });
  await stage.everyRunEndedOnce();
});

test('a worker that was blocked for longer than its lease cannot commit', async () => {
  const child = workInChild();
  await until(() => child.output() !== '');
  const submission = await stage.submit('blocks the first worker');
  await until(() => child.output().includes('blocking'));
  stage.work(quick());
  await until(() => child.output().includes('awake'));
  const ended = await stage.final(submission);
  expect(ended).toMatchObject({ state: 'done' });
  // Not the result of the first attempt, which came too late: the child's score is the number of its attempt.
  expect(ended.score).not.toBe(1);
  await stage.everyRunEndedOnce();
});
