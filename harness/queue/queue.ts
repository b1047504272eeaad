import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { AssayerError, reasonOf } from '../errors.js';
import type { Publication } from '../store/outbox.js';

export const QUEUE_NAME = 'runs';
export const QUEUE_PREFIX = 'assayer';

/** What travels through Redis: a hint where to look. Everything else stands in the database. */
export type RunJob = Pick<Publication, 'run' | 'alone'>;

/** The producer's end of the queue. Every method rejects with queueUnavailable when Redis does not answer. */
export interface RunQueue {
  publish(publications: readonly Publication[]): Promise<void>;
  /** Those that Redis knows nothing of. */
  missing(publications: readonly Publication[]): Promise<Publication[]>;
  /** Removes every trace of these runs, as they are now: their jobs, and what Redis noted down of jobs. */
  forget(runs: readonly Pick<Publication, 'run' | 'fence'>[]): Promise<void>;
  ping(): Promise<void>;
  /** For looking at the jobs themselves; everything that counts stands in the database. */
  readonly jobs: Queue<RunJob>;
  close(): Promise<void>;
}

/** Contains no `:` and is not a number, as BullMQ wants it. A run that was claimed since gets a new one. */
const jobId = ({ run, fence }: Pick<Publication, 'run' | 'fence'>): string => `${run}-${fence}`;

const COMMAND_TIMEOUT_MS = 5000;

export function openQueue(redisUrl: string): RunQueue {
  const redis = new Redis(redisUrl, {
    // Nothing waits for a Redis that is away: who publishes keeps the note and tries again.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  let trouble = 'not connected yet';
  redis.on('error', (error) => (trouble = reasonOf(error)));
  const queue = new Queue<RunJob>(QUEUE_NAME, {
    connection: redis,
    prefix: QUEUE_PREFIX,
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  });
  queue.on('error', () => undefined);

  async function ask<T>(question: () => Promise<T>): Promise<T> {
    if (redis.status !== 'ready') throw new AssayerError('queueUnavailable', { reason: trouble });
    try {
      return await question();
    } catch (error) {
      throw new AssayerError('queueUnavailable', { reason: reasonOf(error) }, { cause: error });
    }
  }

  return {
    publish: (publications) =>
      ask(async () => {
        await queue.addBulk(
          publications.map((publication) => ({
            name: 'grade',
            data: { run: publication.run, alone: publication.alone },
            opts: { jobId: jobId(publication), delay: publication.delayMs },
          })),
        );
      }),
    missing: (publications) =>
      ask(async () => {
        const pipeline = redis.pipeline();
        for (const publication of publications) pipeline.exists(queue.toKey(jobId(publication)));
        const answers = (await pipeline.exec()) ?? [];
        return publications.filter((_, index) => answers[index]?.[1] === 0);
      }),
    forget: (runs) =>
      ask(async () => {
        for (const { run, fence } of runs) {
          for (let former = 0; former <= fence; former += 1) {
            // One that a worker is at cannot be removed; it goes when the worker finds no run to it.
            await queue.remove(jobId({ run, fence: former })).catch(() => undefined);
          }
        }
        await queue.trimEvents(0);
      }),
    jobs: queue,
    ping: () => ask(async () => void (await redis.ping())),
    async close() {
      await queue.close().catch(() => undefined);
      redis.disconnect();
    },
  };
}
