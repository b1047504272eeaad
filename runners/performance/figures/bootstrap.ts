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
const TRIM = 0.3;
/**
 * Pairs that are drawn together, where there are enough: what one pair pays of work that comes now and then, such as collecting
 * garbage, its neighbours are spared. Drawn one by one they would seem to spread half as much again as they do.
 */
const STRETCH = 3;
const LEAST_STRETCHES = 3;

/**
 * The typical ratio of pairs and its interval. Pairs of one start of the programs belong together (two processes of the same
 * program differ for good), so starts are drawn anew first and then stretches of pairs within them.
 * @param starts positive ratios, by start; those without a pair are left out
 * @returns null without a pair
 */
export function ratioInterval(starts: readonly (readonly number[])[], seed: string): Interval | null {
  const logs = starts.filter((pairs) => pairs.length > 0).map((pairs) => pairs.map(Math.log));
  if (logs.length === 0) return null;
  const random = seededRandom(seed);
  const draws = Array.from({ length: DRAWS }, () =>
    trimmedMean(logs.map(() => random.pick(logs)).flatMap((pairs) => redraw(random, pairs))),
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

/** As many as there are, in stretches of neighbours; the first follows the last. */
function redraw(random: Random, pairs: readonly number[]): number[] {
  const stretch = Math.max(1, Math.min(STRETCH, Math.floor(pairs.length / LEAST_STRETCHES)));
  let from = 0;
  return pairs.map((_, at) => {
    if (at % stretch === 0) from = random.int(0, pairs.length - 1);
    return pairs[(from + (at % stretch)) % pairs.length] as number;
  });
}
