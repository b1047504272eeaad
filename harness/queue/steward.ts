import type { Logger } from 'pino';
import type { Store } from '../store/database.js';
import { isStoreUnavailable } from '../store/database.js';
import { expireLeases } from '../store/expiry.js';
import { forgetOld } from '../store/housekeeping.js';
import { drainOutbox, waitingRuns } from '../store/outbox.js';
import { startLoop } from './loop.js';
import type { RunQueue } from './queue.js';

export interface StewardDeps {
  readonly store: Store;
  readonly queue: RunQueue;
  readonly maxAttempts: number;
  readonly log: Logger;
  readonly times?: Partial<typeof TIMES>;
}

/** Keeps database and queue in step. Any number may run: rows are locked, and publishing twice is one job. */
export interface Steward {
  /** Something was accepted: publish it now. */
  poke(): void;
  close(): Promise<void>;
}

const TIMES = {
  dispatchMs: 500,
  reconcileMs: 3000,
  housekeepingMs: 600_000,
  /** A waiting run whose job is on its way for less long is not missed yet. */
  settleSeconds: 5,
  /** While the database was away nobody could give a sign of life; this is how long workers have to make up for it. */
  graceMs: 10_000,
};
const DISPATCH_BATCH = 500;
/** Only the oldest are looked for: they are the ones to be taken next. When they are gone, the next are looked for. */
const RECONCILE_BATCH = 1000;

export function startSteward({ store, queue, maxAttempts, log, times }: StewardDeps): Steward {
  const { dispatchMs, reconcileMs, housekeepingMs, settleSeconds, graceMs } = { ...TIMES, ...times };

  async function dispatch(): Promise<void> {
    while ((await drainOutbox(store, DISPATCH_BATCH, queue.publish)) === DISPATCH_BATCH);
  }

  /** So after a start too: an embedded database was away with its server. */
  let graceUntil = performance.now() + graceMs;

  /** Finds runs that no worker and no job stands for. */
  async function reconcile(): Promise<void> {
    try {
      if (performance.now() > graceUntil) await takeFromTheDead();
      await publishTheLost();
    } catch (error) {
      if (isStoreUnavailable(error)) graceUntil = performance.now() + graceMs;
      throw error;
    }
  }

  async function takeFromTheDead(): Promise<void> {
    const expired = await expireLeases(store, maxAttempts);
    if (expired.requeued + expired.ended === 0) return;
    log.warn(expired, 'runs were taken from workers that gave no sign of life');
    dispatcher.poke();
  }

  /** Redis may lose its memory. */
  async function publishTheLost(): Promise<void> {
    const lost = await queue.missing(await waitingRuns(store, RECONCILE_BATCH, settleSeconds));
    if (lost.length === 0) return;
    log.warn({ runs: lost.length }, 'waiting runs were unknown to the queue and are published again');
    await queue.publish(lost);
  }

  const dispatcher = startLoop('dispatch', dispatchMs, dispatch, log);
  const loops = [
    dispatcher,
    startLoop('reconcile', reconcileMs, reconcile, log),
    startLoop('housekeeping', housekeepingMs, () => forgetOld(store), log),
  ];
  return {
    poke: dispatcher.poke,
    close: async () => void (await Promise.all(loops.map((loop) => loop.stop()))),
  };
}
