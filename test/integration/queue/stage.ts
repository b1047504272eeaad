import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { openServices } from '../../../harness/embedded/index.js';
import type { RunQueue } from '../../../harness/queue/queue.js';
import { openQueue } from '../../../harness/queue/queue.js';
import type { Steward } from '../../../harness/queue/steward.js';
import { startSteward } from '../../../harness/queue/steward.js';
import type { GradeClaim } from '../../../harness/queue/types.js';
import type { RunWorker } from '../../../harness/queue/worker.js';
import { startWorker } from '../../../harness/queue/worker.js';
import type { Store } from '../../../harness/store/database.js';
import { readEvents } from '../../../harness/store/events.js';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import type { SubmissionView } from '../../../harness/store/submissions.js';
import { acceptSubmission, findSubmission } from '../../../harness/store/submissions.js';
import { graded, newSubmission } from '../support/records.js';
import type { TestServices } from '../support/services.js';
import { freshDatabase, startServices } from '../support/services.js';
import { until } from '../support/until.js';

const log = pino({ level: 'silent' });
export const LEASE_SECONDS = 2;

/** Database, Redis, queue and steward for the tests of one file, anew for each; workers as the tests want them. */
export class Stage {
  services!: TestServices;
  store!: Store;
  databaseUrl!: string;
  queue!: RunQueue;
  private steward!: Steward;
  private workers: RunWorker[] = [];

  constructor() {
    beforeAll(async () => void (this.services = await startServices()));
    beforeEach(() => this.open());
    afterEach(() => this.close());
    afterAll(() => this.services.close());
  }

  async submit(source = 'plain'): Promise<string> {
    const submission = { ...newSubmission(), source: { kind: 'upload' as const, name: source } };
    const accepted = await acceptSubmission(this.store, DEFAULT_ORGANISATION, submission, null);
    if (accepted.kind === 'keyReused') throw new Error('unexpected');
    return accepted.view.submission.id;
  }

  work(grade: GradeClaim, ready: () => Promise<void> = async () => undefined): RunWorker {
    const leaseSeconds = LEASE_SECONDS;
    const settings = { concurrency: 4, leaseSeconds, maxAttempts: 3, drainSeconds: 0, runMinutes: 1 };
    const { store, services } = this;
    const { redisUrl } = services;
    const worker = startWorker({ store, redisUrl, settings, grade, ready, log, retrySeconds: 0.1 });
    this.workers.push(worker);
    return worker;
  }

  async run(submission: string): Promise<SubmissionView['run'] | undefined> {
    return (await findSubmission(this.store, DEFAULT_ORGANISATION, submission))?.run;
  }

  /** What the run comes to in the end. */
  final(submission: string, withinMs?: number): Promise<SubmissionView['run']> {
    return until(async () => {
      const run = await this.run(submission);
      return run && !['queued', 'running'].includes(run.state) && run;
    }, withinMs);
  }

  /** The invariant: one scorecard for each run that is done, none for any other, and one `finished` event each. */
  async everyRunEndedOnce(): Promise<void> {
    const runs = await this.store.selectFrom('runs').select(['id', 'state']).execute();
    const cards = await this.store.selectFrom('scorecards').select('run_id').execute();
    const done = runs.filter(({ state }) => state === 'done').map(({ id }) => id);
    expect(cards.map((card) => card.run_id).sort()).toEqual(done.sort());
    for (const { id } of runs) {
      const events = await readEvents(this.store, id, 0, 1000);
      expect(events.filter(({ event }) => event.type === 'finished')).toHaveLength(1);
    }
  }

  async forgetQueue(): Promise<void> {
    const redis = new Redis(this.services.redisUrl);
    await redis.flushall();
    redis.disconnect();
  }

  async kill(service: 'redis' | 'postgres'): Promise<void> {
    const text = await readFile(join(this.services.stateDir, service, 'server.json'), 'utf8');
    process.kill((JSON.parse(text) as { server: { pid: number } }).server.pid, 'SIGKILL');
  }

  /** Starts again what was killed, on the same ports: clients find it by themselves. */
  async restart(): Promise<void> {
    const { services } = this;
    const where = { stateDir: services.stateDir, databaseUrl: undefined, redisUrl: undefined };
    const again = await openServices(where, { start: true });
    expect(again.redisUrl).toBe(services.redisUrl);
    this.services = { ...services, close: () => again.close().then(services.close) };
  }

  private async open(): Promise<void> {
    await this.forgetQueue();
    const { store, url } = await freshDatabase(this.services);
    const queue = openQueue(this.services.redisUrl);
    const times = { dispatchMs: 50, reconcileMs: 200, settleSeconds: 1, graceMs: 3000 };
    this.steward = startSteward({ store, queue, maxAttempts: 3, log, times });
    Object.assign(this, { store, databaseUrl: url, queue });
  }

  private async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    await this.steward.close();
    await this.queue.close();
    await this.store.destroy();
    this.workers = [];
  }
}

/** Grades at once and notes what it graded. */
export function quick(): GradeClaim & { readonly seen: string[] } {
  const seen: string[] = [];
  const grade: GradeClaim = async (claim) => {
    seen.push(claim.submission);
    return graded({ score: 100 });
  };
  return Object.assign(grade, { seen });
}

/** Resolves once what is asked for fails. */
export const untilItFails = (ask: () => Promise<unknown>): Promise<true> =>
  until(() =>
    ask().then(
      () => false,
      () => true as const,
    ),
  );
