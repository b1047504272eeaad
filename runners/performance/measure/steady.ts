import type { Clock } from './clock.js';
import type { Course, Pair } from './course.js';
import { costOf, type Segment } from './segment.js';

/** Two segments in a row that differ by less than this share are steady. */
const STEADY = 0.06;
const MIN_PAIRS = 2;
const MAX_PAIRS = 4;

/** Warms both sides until neither gets cheaper any more, or has had its chance. */
export async function warmUp(course: Course, clock: Clock): Promise<Pair[]> {
  const pairs: Pair[] = [];
  while (pairs.length < MAX_PAIRS && !clock.isOver('cost', pairs.length, MIN_PAIRS)) {
    const pair = await course.pair();
    const before = pairs.at(-1);
    pairs.push(pair);
    if (!before || pairs.length < MIN_PAIRS) continue;
    if (isSteady(before.candidate, pair.candidate) && isSteady(before.reference, pair.reference)) break;
  }
  return pairs;
}

function isSteady(before: Segment, now: Segment): boolean {
  const [was, is] = [costOf(before), costOf(now)];
  return was === null || is === null || Math.abs(is / was - 1) < STEADY;
}
