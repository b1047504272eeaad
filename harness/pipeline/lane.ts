/** One at a time, first come, first served. Waiting ends with the signal's reason when it is aborted. */
export function createLane(): <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (work, signal) => {
    const before = last;
    let leave = (): void => undefined;
    last = before.then(() => new Promise<void>((resolve) => (leave = resolve)));
    try {
      await Promise.race([before, aborted(signal)]);
      signal.throwIfAborted();
      return await work();
    } finally {
      // Leaving before one's turn must not let the next one in early.
      void before.then(() => setImmediate(leave));
    }
  };
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
