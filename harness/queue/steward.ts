import type { Logger } from 'pino';
import type { Store } from '../store/database.js';
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
};
const DISPATCH_BATCH = 500;
/** Only the oldest are looked for: they are the ones to be taken next. When they are gone, the next are looked for. */
const RECONCILE_BATCH = 1000;

export function startSteward({ store, queue, maxAttempts, log, times }: StewardDeps): Steward {
  const { dispatchMs, reconcileMs, housekeepingMs, settleSeconds } = { ...TIMES, ...times };

  async function dispatch(): Promise<void> {
    while ((await drainOutbox(store, DISPATCH_BATCH, queue.publish)) === DISPATCH_BATCH);
  }

  /** Finds runs that no worker and no job stands for: the worker died, or Redis lost its memory. */
  async function reconcile(): Promise<void> {
    const expired = await expireLeases(store, maxAttempts);
    if (expired.requeued + expired.ended > 0) {
      log.warn(expired, 'runs were taken from workers that gave no sign of life');
      dispatcher.poke();
    }
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
