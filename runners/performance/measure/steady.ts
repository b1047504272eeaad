import { trimmedMean } from '../figures/bootstrap.js';
import type { Clock } from './clock.js';
import type { Course, Pair } from './course.js';
import { costOf } from './segment.js';

/** Segments that differ from those before them by less than this share are steady; so many are looked at together. */
const STEADY = 0.06;
const TOGETHER = 2;
const MIN_PAIRS = 4;
const MAX_PAIRS = 8;

/** Warms both sides until neither gets cheaper any more, or has had its chance. */
export async function warmUp(course: Course, clock: Clock): Promise<Pair[]> {
  const pairs: Pair[] = [];
  while (pairs.length < MAX_PAIRS && !clock.isOver('cost', pairs.length, MIN_PAIRS)) {
    pairs.push(await course.pair());
    if (pairs.length >= MIN_PAIRS && isSteady(pairs, 'candidate') && isSteady(pairs, 'reference')) break;
  }
  return pairs;
}

function isSteady(pairs: readonly Pair[], side: keyof Pair): boolean {
  const costs = pairs.slice(-2 * TOGETHER).map((pair) => costOf(pair[side]));
  if (costs.some((cost) => cost === null)) return true;
  const known = costs as number[];
  return Math.abs(trimmedMean(known.slice(TOGETHER)) / trimmedMean(known.slice(0, TOGETHER)) - 1) < STEADY;
}
