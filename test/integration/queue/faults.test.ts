import { setTimeout as sleep } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import type { GradeClaim } from '../../../harness/queue/types.js';
import { cancelRun } from '../../../harness/store/endings.js';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { graded } from '../support/records.js';
import { until } from '../support/until.js';
import { LEASE_SECONDS, quick, Stage, untilItFails } from './stage.js';

jest.setTimeout(60_000);

const stage = new Stage();

test('every accepted submission is graded once, and a job that comes again does nothing', async () => {
  const grade = quick();
  stage.work(grade);
  const submissions = await Promise.all(Array.from({ length: 20 }, () => stage.submit()));
  const runs = await Promise.all(submissions.map((submission) => stage.final(submission)));
  await stage.queue.publish(runs.map(({ id }) => ({ run: id, fence: 0, delayMs: 0, alone: false })));
  const extra = await stage.submit();
  await stage.final(extra);
  expect(grade.seen.sort()).toEqual([...submissions, extra].sort());
  await stage.everyRunEndedOnce();
});

test('what Redis forgets is published again', async () => {
  const submissions = await Promise.all(Array.from({ length: 20 }, () => stage.submit()));
  await until(async () => (await stage.store.selectFrom('outbox').selectAll().execute()).length === 0);
  await stage.forgetQueue();
  stage.work(quick());
  for (const submission of submissions)
    expect(await stage.final(submission)).toMatchObject({ state: 'done' });
  await stage.everyRunEndedOnce();
});

test('a Redis that is killed stops neither accepting nor, once it is back, grading', async () => {
  stage.work(quick());
  await stage.final(await stage.submit());
  await stage.kill('redis');
  await untilItFails(() => stage.queue.ping());
  const submissions = await Promise.all(Array.from({ length: 5 }, () => stage.submit()));
  await expect(stage.queue.ping()).rejects.toMatchObject({ code: 'queueUnavailable' });
  await stage.restart();
  for (const submission of submissions)
    expect(await stage.final(submission)).toMatchObject({ state: 'done' });
  await stage.everyRunEndedOnce();
});

test('a database that is away while a run is graded costs it nothing', async () => {
  let open = (): void => undefined;
  let grading = false;
  stage.work(async () => {
    grading = true;
    await new Promise<void>((resolve) => (open = resolve));
    return graded({ score: 100 });
  });
  const submission = await stage.submit();
  await until(() => grading);
  await stage.kill('postgres');
  await untilItFails(() => stage.run(submission));
  open();
  // So long that the lease is over, and nobody could renew it.
  await sleep(LEASE_SECONDS * 1000 + 500);
  await stage.restart();
  expect(await stage.final(submission)).toMatchObject({ state: 'done', attempts: 1, score: 100 });
  await stage.everyRunEndedOnce();
});

test('cancelling reaches a running attempt', async () => {
  let stopped = false;
  stage.work(
    (_, __, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(signal.reason as Error);
        });
      }),
  );
  const submission = await stage.submit();
  const running = await until(async () => {
    const run = await stage.run(submission);
    return run?.state === 'running' && run;
  });
  expect(await cancelRun(stage.store, DEFAULT_ORGANISATION, running.id)).toBe('asked');
  expect(await stage.final(submission)).toMatchObject({ state: 'cancelled', verdict: { code: 'cancelled' } });
  expect(stopped).toBe(true);
  await stage.everyRunEndedOnce();
});

test('a fault of ours is tried again, no more than allowed, and named at the end', async () => {
  let calls = 0;
  stage.work(async () => {
    calls += 1;
    throw Object.assign(new Error('the registry does not answer.'), { code: 'registryUnavailable' });
  });
  const run = await stage.final(await stage.submit());
  expect(run).toMatchObject({ state: 'failed', attempts: 3 });
  expect(run.verdict).toMatchObject({ code: 'attemptsExhausted' });
  expect(run.verdict?.message).toContain('the registry does not answer.');
  expect(calls).toBe(3);
});

test('a worker without an engine takes nothing until it is back', async () => {
  let engine = true;
  let broken = 0;
  const ready = (): Promise<void> => (engine ? Promise.resolve() : Promise.reject(new Error('no engine')));
  const grade: GradeClaim = async () => {
    if (engine && broken > 0) return graded({ score: 100 });
    engine = false;
    broken += 1;
    throw Object.assign(new Error('the engine is gone.'), { code: 'engineUnavailable' });
  };
  stage.work(grade, ready);
  const submission = await stage.submit();
  await until(() => broken === 1);
  await until(async () => {
    const [sign] = await stage.store.selectFrom('workers').selectAll().execute();
    return sign?.state === 'waiting' && sign.reason === 'no engine';
  });
  expect(broken).toBe(1);
  engine = true;
  expect(await stage.final(submission)).toMatchObject({ state: 'done', attempts: 2 });
});

test('a worker that is told to stop while it gets ready takes nothing any more, and gives no sign of life', async () => {
  let asked = false;
  let engineAnswers = (): void => undefined;
  const first = stage.work(quick(), () => {
    asked = true;
    return new Promise((resolve) => (engineAnswers = resolve));
  });
  await until(() => asked);
  await first.stop();
  engineAnswers();
  const second = stage.work(quick());
  await stage.final(await stage.submit());
  const signs = await stage.store.selectFrom('workers').select('id').execute();
  expect(signs).toEqual([{ id: second.id }]);
});

test('a worker that is told to stop gives its runs back, and that costs no attempt', async () => {
  const grade: GradeClaim = (_, __, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const first = stage.work(grade);
  const submission = await stage.submit();
  await until(async () => (await stage.run(submission))?.state === 'running');
  await first.stop();
  expect(await stage.run(submission)).toMatchObject({ state: 'queued', attempts: 0 });
  stage.work(quick());
  expect(await stage.final(submission)).toMatchObject({ state: 'done', attempts: 1 });
  await stage.everyRunEndedOnce();
});
