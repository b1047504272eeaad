/** The pause before the n-th retry (n from 1), in milliseconds: doubling, spread from half to one and a half. */
export function backoffMs(baseMs: number, retry: number, random: () => number = Math.random): number {
  return baseMs * 2 ** (retry - 1) * (0.5 + random());
}
