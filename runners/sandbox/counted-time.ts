/**
 * Deadlines of strangers' code count fair time: on a busy host, what somebody there waited for a processor is not held
 * against it. Never less than its own processor time, so that whoever keeps the host busy gains nothing by it.
 */

/** However busy the host is, a deadline comes by so many times its length on the clock. */
export const MOST_STRETCH = 4;

/** The time of one container, from now on. */
export class CountedTime {
  private readonly began = performance.now();
  private readonly waitedBefore: number | null;

  /** @param waitedMs the host's total; null where it cannot be known, and then all time counts */
  constructor(
    private readonly cpus: number,
    private readonly waitedMs: () => number | null,
  ) {
    this.waitedBefore = waitedMs();
  }

  /** Milliseconds that count so far, for a container that has used this much processor time in all. */
  at(cpuNs: bigint): number {
    const onTheClock = performance.now() - this.began;
    const waited = this.waitedMs();
    if (waited === null || this.waitedBefore === null) return onTheClock;
    const own = Number(cpuNs) / 1e6 / this.cpus;
    return Math.min(onTheClock, Math.max(onTheClock - (waited - this.waitedBefore), own));
  }
}

/** Less than this is over. */
const LEAST_MS = 20;

/** The result of `work`, or null once `leftMs` says so; it is asked again each time that what it said has passed. */
export async function whileTimeIsLeft<T>(
  work: Promise<T>,
  leftMs: () => Promise<number>,
): Promise<{ value: T } | null> {
  const done = work.then((value) => ({ value }));
  // Whoever gave up on it does not hear of its failure.
  done.catch(() => undefined);
  for (let left = await leftMs(); left > LEAST_MS; left = await leftMs()) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), left)));
    const result = await Promise.race([done, late]).finally(() => clearTimeout(timer));
    if (result) return result;
  }
  return null;
}

/** For `whileTimeIsLeft`: what is left of `budgetMs`, by what has counted and by the clock. */
export function budget(budgetMs: number, countedMs: () => Promise<number>): () => Promise<number> {
  const latest = performance.now() + budgetMs * MOST_STRETCH;
  return async () => Math.min(budgetMs - (await countedMs()), latest - performance.now());
}
