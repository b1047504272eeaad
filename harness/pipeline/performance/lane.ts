import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from '../../../docker/bootstrap/lock.mjs';

/** Runs work when its turn has come. Waiting ends with the signal's reason when it is aborted. */
export type Lane = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

const ASK_MS = 50;

/** One at a time in this process, first come, first served; and one at a time among all processes of the machine. */
export function createLane(name: string): Lane {
  let last: Promise<unknown> = Promise.resolve();
  return async (work, signal) => {
    const before = last;
    let leave = (): void => undefined;
    last = before.then(() => new Promise<void>((resolve) => (leave = resolve)));
    try {
      await Promise.race([before, aborted(signal)]);
      const release = await lockOfMachine(name, signal);
      try {
        return await work();
      } finally {
        await release();
      }
    } finally {
      // Leaving before one's turn must not let the next one in early.
      void before.then(() => setImmediate(leave));
    }
  };
}

/** The kernel frees the lock when its holder dies, so none is ever left behind. */
async function lockOfMachine(name: string, signal: AbortSignal): Promise<() => Promise<void>> {
  for (;;) {
    signal.throwIfAborted();
    const release = await tryLock(name);
    if (release) return release;
    await sleep(ASK_MS);
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
