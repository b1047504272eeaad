import { seededRandom, type Random } from '../../../assessments/kit/index.js';

/** A figure and the stretch in which it lies with a confidence of 95 %. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const DRAWS = 2000;
const FEW_DRAWS = 200;
const [LOW, HIGH] = [0.025, 0.975];
/** The extremes that a mean of ratios leaves out on each side: what a neighbour on the machine did to single segments. */
const TRIM = 0.3;
/**
 * Pairs that are drawn together, where there are enough: what one pair pays of work that comes now and then, such as collecting
 * garbage, its neighbours are spared. Drawn one by one they would seem to spread half as much again as they do.
 */
const STRETCH = 4;
const LEAST_STRETCHES = 3;
/**
 * Two processes of the same program differ for good, by their compilation and the layout of their memory: by 1 to 2 % here. Two
 * starts show that too seldom, so no less is taken, and more where they do show more.
 */
const BETWEEN_STARTS = 0.02;

/**
 * The typical ratio of pairs and its interval: stretches of pairs are drawn anew within their starts, and what starts differ by is
 * added to each draw.
 * @param starts positive ratios, by start; those without a pair are left out
 * @returns null without a pair
 */
export function ratioInterval(starts: readonly (readonly number[])[], seed: string): Interval | null {
  const logs = starts.filter((pairs) => pairs.length > 0).map((pairs) => pairs.map(Math.log));
  if (logs.length === 0) return null;
  const random = seededRandom(seed);
  const apart = betweenStarts(random, logs) / Math.sqrt(logs.length);
  const draws = Array.from(
    { length: DRAWS },
    () => trimmedMean(logs.flatMap((pairs) => redraw(random, pairs))) + apart * normal(random),
  ).sort((a, b) => a - b);
  const at = (share: number): number => draws[Math.round(share * (DRAWS - 1))] as number;
  const value = trimmedMean(logs.flat());
  return { value: Math.exp(value), low: Math.exp(at(LOW)), high: Math.exp(at(HIGH)) };
}

/** Standard deviation of starts, beyond what their pairs spread. */
function betweenStarts(random: Random, starts: readonly (readonly number[])[]): number {
  if (starts.length < 2) return BETWEEN_STARTS;
  const within = starts.map((pairs) =>
    variance(Array.from({ length: FEW_DRAWS }, () => trimmedMean(redraw(random, pairs)))),
  );
  const beyond = variance(starts.map(trimmedMean)) - mean(within);
  return Math.max(BETWEEN_STARTS, Math.sqrt(Math.max(0, beyond)));
}

/** Mean of the middle; the sample itself must not be empty. */
export function trimmedMean(sample: readonly number[]): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length * TRIM);
  const kept = sorted.slice(cut, sorted.length - cut);
  return mean(kept);
}

const mean = (sample: readonly number[]): number => sample.reduce((sum, one) => sum + one, 0) / sample.length;

/** Of two numbers or more. */
function variance(sample: readonly number[]): number {
  const centre = mean(sample);
  return sample.reduce((sum, one) => sum + (one - centre) ** 2, 0) / (sample.length - 1);
}

/** A draw from the standard normal distribution (Box and Muller's way). */
function normal(random: Random): number {
  const [a, b] = [random.int(1, FINE) / FINE, random.int(1, FINE) / FINE];
  return Math.sqrt(-2 * Math.log(a)) * Math.cos(2 * Math.PI * b);
}
const FINE = 1_000_000;

/** As many as there are, in stretches of neighbours; the first follows the last. */
function redraw(random: Random, pairs: readonly number[]): number[] {
  const stretch = Math.max(1, Math.min(STRETCH, Math.floor(pairs.length / LEAST_STRETCHES)));
  let from = 0;
  return pairs.map((_, at) => {
    if (at % stretch === 0) from = random.int(0, pairs.length - 1);
    return pairs[(from + (at % stretch)) % pairs.length] as number;
  });
}
