import type { LoadResult } from '../../../assessments/kit/schema/performance.js';
import { trimmedMean } from '../figures/bootstrap.js';
import type { Clock } from './clock.js';
import type { Course, Pair } from './course.js';
import type { Segment } from './segment.js';

const PAIRS = 6;
const LEAST_PAIRS = 3;

/**
 * How many processors each side keeps busy while it answers as fast as it can, in turns: what neighbours take, they take from both.
 * Processor time that answers nothing counts as well; who burns it pays for it in the cost of the same requests, which packs must ask for.
 */
export async function measureCores(
  course: Course,
  clock: Clock,
): Promise<{ busy: LoadResult['cores']; pairs: Pair[] }> {
  const pairs: Pair[] = [];
  while (pairs.length < PAIRS && !clock.isOver('cores', pairs.length, LEAST_PAIRS))
    pairs.push(await course.pair());
  const busy = (side: keyof Pair): number => trimmedMean(pairs.map((pair) => busyIn(pair[side])));
  // The last moment may have passed before the first.
  if (pairs.length === 0) return { busy: null, pairs };
  return { busy: { candidate: busy('candidate'), reference: busy('reference') }, pairs };
}

const busyIn = ({ cpuMs, driven }: Segment): number => (driven.ms > 0 ? cpuMs / driven.ms : 0);
