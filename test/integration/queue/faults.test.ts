import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { openServices, type Services } from '../../../harness/embedded/index.js';
import type { RunQueue } from '../../../harness/queue/queue.js';
import { openQueue } from '../../../harness/queue/queue.js';
import type { Steward } from '../../../harness/queue/steward.js';
import { startSteward } from '../../../harness/queue/steward.js';
import type { GradeClaim } from '../../../harness/queue/types.js';
import type { RunWorker } from '../../../harness/queue/worker.js';
import { startWorker } from '../../../harness/queue/worker.js';
import type { Store } from '../../../harness/store/database.js';
import { cancelRun } from '../../../harness/store/endings.js';
import { readEvents } from '../../../harness/store/events.js';
import type { SubmissionView } from '../../../harness/store/submissions.js';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { acceptSubmission, findSubmission } from '../../../harness/store/submissions.js';
import type { Program } from '../support/program.js';
import { compile, run } from '../support/program.js';
import { graded, newSubmission } from '../support/records.js';
import type { TestServices } from '../support/services.js';
import { freshDatabase, startServices } from '../support/services.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

const log = pino({ level: 'silent' });
let services: TestServices;
let program: string;
let store: Store;
let url: string;
let queue: RunQueue;
let steward: Steward;
let workers: RunWorker[] = [];
let programs: Program[] = [];
/** Whether a worker process that died is followed by another. */
let replacing = false;

beforeAll(async () => {
  services = await startServices();
  program = await compile('test/integration/queue/child.ts');
});
afterAll(async () => {
  await services.close();
  await rm(dirname(program), { recursive: true });
});

beforeEach(async () => {
  const redis = new Redis(services.redisUrl);
  await redis.flushall();
  redis.disconnect();
  ({ store, url } = await freshDatabase(services));
  queue = openQueue(services.redisUrl);
  steward = startSteward({
    store,
    queue,
    maxAttempts: 3,
    log,
    times: { dispatchMs: 50, reconcileMs: 200, settleSeconds: 1 },
  });
});
afterEach(async () => {
  replacing = false;
  await Promise.all(programs.map((one) => one.kill('SIGKILL')));
  await Promise.all(workers.map((worker) => worker.stop()));
  await steward.close();
  await queue.close();
  await store.destroy();
  [workers, programs] = [[], []];
});

async function submit(source = 'plain'): Promise<string> {
  const accepted = await acceptSubmission(
    store,
    DEFAULT_ORGANISATION,
    { ...newSubmission(), source: { kind: 'upload', name: source } },
    null,
  );
  if (accepted.kind === 'keyReused') throw new Error('unexpected');
  return accepted.view.submission.id;
}

function work(grade: GradeClaim, ready: () => Promise<void> = async () => undefined): RunWorker {
  const settings = { concurrency: 4, leaseSeconds: 2, maxAttempts: 3, drainSeconds: 0, runMinutes: 1 };
  const worker = startWorker({
    store,
    redisUrl: services.redisUrl,
    settings,
    grade,
    ready,
    log,
    retrySeconds: 0.1,
  });
  workers.push(worker);
  return worker;
}

function workInChild(): Program {
  const child = run(program, { DATABASE_URL: url, REDIS_URL: services.redisUrl });
  programs.push(child);
  return child;
}

function replace(): void {
  workInChild().child.once('exit', () => replacing && replace());
}

async function pidOf(service: 'redis' | 'postgres'): Promise<number> {
  const text = await readFile(join(services.stateDir, service, 'server.json'), 'utf8');
  return (JSON.parse(text) as { server: { pid: number } }).server.pid;
}

/** Starts again what was killed. */
const restart = (): Promise<Services> =>
  openServices({ stateDir: services.stateDir, databaseUrl: undefined, redisUrl: undefined }, { start: true });

/** Grades at once and notes what it graded. */
function quick(): GradeClaim & { readonly seen: string[] } {
  const seen: string[] = [];
  const grade: GradeClaim = async (claim) => {
    seen.push(claim.submission);
    return graded({ score: 100 });
  };
  return Object.assign(grade, { seen });
}

const final = (submission: string, withinMs?: number): Promise<SubmissionView['run']> =>
  until(async () => {
    const found = await findSubmission(store, DEFAULT_ORGANISATION, submission);
    return found && !['queued', 'running'].includes(found.run.state) && found.run;
  }, withinMs);

/** The invariant: one scorecard for each run that is done, none for any other, and one `finished` event each. */
async function everyRunEndedOnce(): Promise<void> {
  const runs = await store.selectFrom('runs').select(['id', 'state']).execute();
  const cards = await store.selectFrom('scorecards').select('run_id').execute();
  const done = runs.filter(({ state }) => state === 'done').map(({ id }) => id);
  expect(cards.map((card) => card.run_id).sort()).toEqual(done.sort());
  for (const { id } of runs) {
    const events = await readEvents(store, id, 0, 1000);
    expect(events.filter(({ event }) => event.type === 'finished')).toHaveLength(1);
  }
}

test('every accepted submission is graded once, and a job that comes again does nothing', async () => {
  const grade = quick();
  work(grade);
  const submissions = await Promise.all(Array.from({ length: 20 }, () => submit()));
  const runs = await Promise.all(submissions.map((submission) => final(submission)));
  await queue.publish(runs.map(({ id }) => ({ run: id, fence: 0, delayMs: 0, alone: false })));
  const extra = await submit();
  await final(extra);
  expect(grade.seen.sort()).toEqual([...submissions, extra].sort());
  await everyRunEndedOnce();
});

test('a run whose worker is killed is taken over by another', async () => {
  const child = workInChild();
  await until(() => child.output() !== '');
  const submission = await submit('hangs in the first worker');
  await until(() => child.output().includes('hanging'));
  await child.kill('SIGKILL');
  const grade = quick();
  work(grade);
  const start = performance.now();
  expect(await final(submission)).toMatchObject({ state: 'done', attempts: 2, score: 100 });
  // The lease of 2 s, a tick of the steward, and the queue.
  expect(performance.now() - start).toBeLessThan(6000);
  await everyRunEndedOnce();
});

test('a run that kills every worker ends as not graded, and its neighbour is graded', async () => {
  const deadly = await submit('kills its worker');
  const honest = await submit();
  replacing = true;
  replace();
  expect(await final(deadly, 40_000)).toMatchObject({
    state: 'failed',
    attempts: 3,
    verdict: { code: 'attemptsExhausted' },
  });
  expect(await final(honest)).toMatchObject({ state: 'done' });
  await everyRunEndedOnce();
});

test('a worker that was blocked for longer than its lease cannot commit', async () => {
  const child = workInChild();
  await until(() => child.output() !== '');
  const submission = await submit('blocks the first worker');
  await until(() => child.output().includes('blocking'));
  const grade = quick();
  work(grade);
  await until(() => child.output().includes('awake'));
  const ended = await final(submission);
  expect(ended).toMatchObject({ state: 'done' });
  // Not the result of the first attempt, which came too late: the child's score is the number of its attempt.
  expect(ended.score).not.toBe(1);
  await everyRunEndedOnce();
});

test('what Redis forgets is published again', async () => {
  const submissions = await Promise.all(Array.from({ length: 20 }, () => submit()));
  await until(async () => (await store.selectFrom('outbox').selectAll().execute()).length === 0);
  const redis = new Redis(services.redisUrl);
  await redis.flushall();
  redis.disconnect();
  work(quick());
  for (const submission of submissions) expect(await final(submission)).toMatchObject({ state: 'done' });
  await everyRunEndedOnce();
});

test('a Redis that is killed stops neither accepting nor, once it is back, grading', async () => {
  work(quick());
  await final(await submit());
  process.kill(await pidOf('redis'), 'SIGKILL');
  await until(() =>
    queue.ping().then(
      () => false,
      () => true,
    ),
  );
  const submissions = await Promise.all(Array.from({ length: 5 }, () => submit()));
  await expect(queue.ping()).rejects.toMatchObject({ code: 'queueUnavailable' });
  // The same port again: clients find it by themselves.
  const again = await restart();
  expect(again.redisUrl).toBe(services.redisUrl);
  for (const submission of submissions) expect(await final(submission)).toMatchObject({ state: 'done' });
  await everyRunEndedOnce();
  const former = services;
  services = { ...former, close: () => again.close().then(former.close) };
});

test('a database that is away while a run is graded costs it nothing', async () => {
  let open = (): void => undefined;
  let grading = false;
  work(async () => {
    grading = true;
    await new Promise<void>((resolve) => (open = resolve));
    return graded({ score: 100 });
  });
  const submission = await submit();
  await until(() => grading);
  process.kill(await pidOf('postgres'), 'SIGKILL');
  await until(() =>
    findSubmission(store, DEFAULT_ORGANISATION, submission).then(
      () => false,
      () => true,
    ),
  );
  open();
  const former = services;
  const again = await restart();
  services = { ...former, close: () => again.close().then(former.close) };
  expect(await final(submission)).toMatchObject({ state: 'done', attempts: 1, score: 100 });
  await everyRunEndedOnce();
});

test('cancelling reaches a running attempt', async () => {
  let stopped = false;
  work(
    (_, __, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(signal.reason as Error);
        });
      }),
  );
  const submission = await submit();
  const running = await until(async () => {
    const found = await findSubmission(store, DEFAULT_ORGANISATION, submission);
    return found?.run.state === 'running' && found.run;
  });
  expect(await cancelRun(store, DEFAULT_ORGANISATION, running.id)).toBe('asked');
  expect(await final(submission)).toMatchObject({ state: 'cancelled', verdict: { code: 'cancelled' } });
  expect(stopped).toBe(true);
  await everyRunEndedOnce();
});

test('a fault of ours is tried again, no more than allowed, and named at the end', async () => {
  let calls = 0;
  work(async () => {
    calls += 1;
    throw Object.assign(new Error('the registry does not answer.'), { code: 'registryUnavailable' });
  });
  const run_ = await final(await submit());
  expect(run_).toMatchObject({ state: 'failed', attempts: 3 });
  expect(run_.verdict).toMatchObject({ code: 'attemptsExhausted' });
  expect(run_.verdict?.message).toContain('the registry does not answer.');
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
  work(grade, ready);
  const submission = await submit();
  await until(() => broken === 1);
  await until(async () => {
    const [sign] = await store.selectFrom('workers').selectAll().execute();
    return sign?.state === 'waiting' && sign.reason === 'no engine';
  });
  expect(broken).toBe(1);
  engine = true;
  expect(await final(submission)).toMatchObject({ state: 'done', attempts: 2 });
});

test('a worker that is told to stop gives its runs back, and that costs no attempt', async () => {
  const grade: GradeClaim = (_, __, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  const first = work(grade);
  const submission = await submit();
  await until(
    async () => (await findSubmission(store, DEFAULT_ORGANISATION, submission))?.run.state === 'running',
  );
  await first.stop();
  expect((await findSubmission(store, DEFAULT_ORGANISATION, submission))?.run).toMatchObject({
    state: 'queued',
    attempts: 0,
  });
  work(quick());
  expect(await final(submission)).toMatchObject({ state: 'done', attempts: 1 });
  await everyRunEndedOnce();
});
