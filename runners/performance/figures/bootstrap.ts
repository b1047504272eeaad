import { seededRandom, type Random } from '../../../assessments/kit/index.js';

/** A figure and the stretch in which it lies with a confidence of 95 %. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const DRAWS = 2000;
const [LOW, HIGH] = [0.025, 0.975];
/** The extremes that a mean of ratios leaves out on each side: what a neighbour on the machine did to single segments. */
const TRIM = 0.4;

/**
 * The typical ratio of pairs and its interval. Pairs of one start of the programs belong together (two processes of the same
 * program differ for good), so starts are drawn anew first and then the pairs within them.
 * @param starts positive ratios, by start; those without a pair are left out
 * @returns null without a pair
 */
export function ratioInterval(starts: readonly (readonly number[])[], seed: string): Interval | null {
  const logs = starts.filter((pairs) => pairs.length > 0).map((pairs) => pairs.map(Math.log));
  if (logs.length === 0) return null;
  const random = seededRandom(seed);
  const draws = Array.from({ length: DRAWS }, () =>
    trimmedMean(redraw(random, logs).flatMap((pairs) => redraw(random, pairs))),
  ).sort((a, b) => a - b);
  const at = (share: number): number => draws[Math.round(share * (DRAWS - 1))] as number;
  const value = trimmedMean(logs.flat());
  return { value: Math.exp(value), low: Math.exp(at(LOW)), high: Math.exp(at(HIGH)) };
}

/** Mean of the middle; the sample itself must not be empty. */
export function trimmedMean(sample: readonly number[]): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length * TRIM);
  const kept = sorted.slice(cut, sorted.length - cut);
  return kept.reduce((sum, one) => sum + one, 0) / kept.length;
}

const redraw = <T>(random: Random, items: readonly T[]): T[] => items.map(() => random.pick(items));
