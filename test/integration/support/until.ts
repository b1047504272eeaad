import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is neither null, undefined nor false. */
export async function until<T>(
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  withinMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`nothing came within ${withinMs} ms`);
    await sleep(25);
  }
}
