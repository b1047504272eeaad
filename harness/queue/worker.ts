import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { VerdictCode } from '../../assessments/kit/index.js';
import type { Config } from '../config.js';
import { reasonOf } from '../errors.js';
import type { Store } from '../store/database.js';
import { isStoreUnavailable } from '../store/database.js';
import { claimRun } from '../store/leases.js';
import type { WorkerSign } from '../store/workers.js';
import { signOff, signOfLife } from '../store/workers.js';
import { runAttempt } from './attempt.js';
import { openCompany } from './company.js';
import { startLoop } from './loop.js';
import type { RunJob } from './queue.js';
import { QUEUE_NAME, QUEUE_PREFIX } from './queue.js';
import type { GradeClaim } from './types.js';
import { AttemptStopped } from './types.js';

export interface WorkerDeps {
  readonly store: Store;
  readonly redisUrl: string;
  readonly settings: Pick<
    Config,
    'concurrency' | 'leaseSeconds' | 'maxAttempts' | 'drainSeconds' | 'runMinutes'
  >;
  readonly grade: GradeClaim;
  /** Rejects with one sentence while this host cannot grade: no engine, no image, no isolation. */
  readonly ready: () => Promise<void>;
  readonly log: Logger;
  /** Before the second try of a run; 5 unless a test is in a hurry. */
  readonly retrySeconds?: number;
}

export interface RunWorker {
  readonly id: string;
  /** Takes no more runs, finishes those it has within `drainSeconds` or gives them back, and says goodbye. */
  stop(): Promise<void>;
}

/** Faults that the next run would meet as well: no more are taken until the host is ready again. */
const OF_THE_HOST: readonly VerdictCode[] = [
  'engineUnavailable',
  'isolationBroken',
  'imageMissing',
  'diskFull',
];
const READY_POLL_MS = 2000;
const SIGN_MS = 5000;
const GOODBYE_SECONDS = 20;

/** Takes runs from the queue once the host is ready. */
export function startWorker(deps: WorkerDeps): RunWorker {
  const { store, redisUrl, settings, grade, ready, log, retrySeconds = 5 } = deps;
  const id = `${hostname()}-${process.pid}-${randomBytes(2).toString('hex')}`;
  const active = new Set<AbortController>();
  const company = openCompany();
  const stopping = new AbortController();
  let state: WorkerSign['state'] = 'waiting';
  let reason: string | null = 'starting';
  let becomingReady: Promise<void> | null = null;

  const redis = new Redis(redisUrl, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  redis.on('error', () => undefined);
  const worker = new Worker<RunJob>(QUEUE_NAME, ({ data }) => company.enter(data.alone, () => take(data)), {
    connection: redis,
    prefix: QUEUE_PREFIX,
    autorun: false,
    concurrency: settings.concurrency,
    lockDuration: settings.leaseSeconds * 1000,
    stalledInterval: settings.leaseSeconds * 500,
    // The database counts attempts. To the queue a job is a hint, and may be given out again as often as it likes.
    maxStalledCount: 1000,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  worker.on('error', (error) => log.debug({ reason: reasonOf(error) }, 'queue'));

  async function take({ run, alone }: RunJob): Promise<void> {
    const stop = new AbortController();
    active.add(stop);
    try {
      const claim = await claimRun(store, run, { worker: id, alone, ...settings });
      if (!claim) return;
      log.info({ run, attempt: claim.attempt, submission: claim.submission }, 'run started');
      const end = await runAttempt(claim, { store, grade, log, retrySeconds, ...settings }, stop);
      log.info({ run, attempt: claim.attempt, end }, 'run ended');
      if (end.kind === 'fault' && OF_THE_HOST.includes(end.code)) void becomeReady();
    } catch (error) {
      log.warn({ run, reason: reasonOf(error) }, 'run broke off; it is taken up again when its lease ends');
      if (isStoreUnavailable(error)) void becomeReady();
      throw error;
    } finally {
      active.delete(stop);
    }
  }

  /** Takes nothing until the host and the database are in order. */
  function becomeReady(): Promise<void> {
    becomingReady ??= untilReady().finally(() => (becomingReady = null));
    return becomingReady;
  }

  async function untilReady(): Promise<void> {
    state = state === 'draining' ? state : 'waiting';
    await worker.pause(true);
    while (state === 'waiting') {
      try {
        await ready();
        if (!stopping.signal.aborted)
          await signOfLife(store, { id, host: hostname(), state: 'ready', reason: null });
        // Told to stop meanwhile: whoever has said goodbye says nothing more.
        if (stopping.signal.aborted) return;
        [state, reason] = ['ready', null];
        await worker.resume();
        log.info({ worker: id, concurrency: settings.concurrency }, 'worker is ready');
      } catch (error) {
        if (reason !== reasonOf(error)) log.warn({ reason: reasonOf(error) }, 'worker waits');
        reason = reasonOf(error);
        signs.poke();
        await sleep(READY_POLL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  const signs = startLoop(
    'signs',
    SIGN_MS,
    () => signOfLife(store, { id, host: hostname(), state, reason }),
    log,
  );
  void becomeReady();

  return {
    id,
    async stop() {
      state = 'draining';
      stopping.abort();
      const overtime = setTimeout(() => {
        for (const attempt of active) attempt.abort(new AttemptStopped('shutdown'));
      }, settings.drainSeconds * 1000);
      // Without Redis a polite goodbye never ends; what is left of the job there is found by the reconciler.
      const patience = (settings.drainSeconds + GOODBYE_SECONDS) * 1000;
      await Promise.race([worker.close(), sleep(patience, undefined, { ref: false })]);
      clearTimeout(overtime);
      await signs.stop();
      await signOff(store, id).catch(() => undefined);
      // Once more on a connection that has ended would keep the process for seconds.
      if (redis.status !== 'end') redis.disconnect();
    },
  };
}
