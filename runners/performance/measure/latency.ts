import type { Latency } from '../../../assessments/kit/schema/performance.js';
import { ratioInterval } from '../figures/bootstrap.js';
import type { Histogram } from '../figures/histogram.js';
import type { Clock } from './clock.js';
import type { Course, Pair } from './course.js';
import { latencies } from './segment.js';

/** Of what the reference can do with its core to itself: busy, and far from the point where queues form. */
const LOAD = 0.4;
const PAIRS = 3;
const LEAST_PAIRS = 2;
const SEGMENT_MS = 300;
const WITHIN_MS = 2500;

/** Latency of both at one fixed rate, in turns; requests that are due while the service is stuck count from when they were due. */
export async function measureLatency(
  course: Course,
  seed: string,
  clock: Clock,
): Promise<{ latency: Latency | null; pairs: Pair[] }> {
  const rate = Math.max(10, Math.round(course.perSecond * LOAD));
  const count = Math.max(10, Math.round((rate * SEGMENT_MS) / 1000));
  const pairs: Pair[] = [];
  while (pairs.length < PAIRS && !clock.isOver('latency', pairs.length, LEAST_PAIRS))
    pairs.push(await course.pair({ rate, count, withinMs: WITHIN_MS }));

  const p99 = ratioInterval(
    [pairs.map((pair) => tail(pair, 'reference') / tail(pair, 'candidate'))],
    `${seed}:latency`,
  );
  if (!p99) return { latency: null, pairs };
  const of = (side: keyof Pair) => percentiles(latencies(pairs.map((pair) => pair[side])));
  return { latency: { perSecond: rate, candidate: of('candidate'), reference: of('reference'), p99 }, pairs };
}

/** Never 0, since ratios are made of it. */
const tail = (pair: Pair, side: keyof Pair): number =>
  Math.max(0.001, latencies([pair[side]]).percentileMs(0.99));

const percentiles = (histogram: Histogram) => ({
  p50: histogram.percentileMs(0.5),
  p90: histogram.percentileMs(0.9),
  p99: histogram.percentileMs(0.99),
});
