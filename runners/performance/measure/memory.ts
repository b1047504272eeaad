import type { MemoryUse } from '../../../assessments/kit/schema/performance.js';
import { slope } from '../figures/slope.js';
import type { Clock } from './clock.js';
import type { Course, Pair } from './course.js';
import { requestsOf } from './segment.js';

const PAIRS = 1;
const LEAST_PAIRS = 1;
/** Requests of a segment: enough for a leak to show, and not so many that one ends the service. */
const COUNT = 400;
const WITHIN_MS = 2500;
const LEAST_POINTS = 2;
/** The first segments after a start are left out: there every program grows. */
const WARMING = 6;

/** How memory grows with requests on both sides under sustained load, all that both have been through since their last start included. */
export async function measureMemory(course: Course, clock: Clock): Promise<MemoryUse> {
  for (let added = 0; added < PAIRS && !clock.isOver('memory', added, LEAST_PAIRS); added++)
    await course.pair({ count: COUNT, withinMs: WITHIN_MS });
  const { pairs } = course;
  const [candidate, reference] = [growthOf(pairs, 'candidate'), growthOf(pairs, 'reference')];
  return {
    requests: candidate.requests,
    growthKb: { candidate: candidate.kb, reference: reference.kb },
    candidateMb: candidate.megabytes,
    referenceMb: reference.megabytes,
  };
}

function growthOf(pairs: readonly Pair[], side: keyof Pair) {
  let requests = 0;
  const points = pairs.map((pair) => {
    requests += requestsOf(pair[side].driven);
    return { x: requests, y: pair[side].memoryBytes };
  });
  const settled = points.slice(Math.min(WARMING, points.length - LEAST_POINTS));
  const kb = (slope(settled) * 1000) / 1024;
  return { requests, kb, megabytes: points.map(({ y }) => y / 2 ** 20) };
}
