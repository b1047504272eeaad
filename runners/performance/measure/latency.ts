import type { Latency, Tail } from '../../../assessments/kit/schema/performance.js';
import { ratioInterval } from '../figures/bootstrap.js';
import type { Histogram } from '../figures/histogram.js';
import type { Clock } from './clock.js';
import type { Course, Pair } from './course.js';
import { latencies, requestsOf, type Segment } from './segment.js';

/** Of what the reference can do with its core to itself: busy, and far from the point where queues form. */
const LOAD = 0.4;
const PAIRS = 3;
const LEAST_PAIRS = 2;
const SEGMENT_MS = 300;
const WITHIN_MS = 2500;

/** Which of the latencies that a generator keeps. */
type Which = 'latency' | 'lightLatency';

/** Latency of both at one fixed rate, in turns; requests that are due while the service is stuck count from when they were due. */
export async function measureLatency(
  course: Course,
  seed: string,
  clock: Clock,
): Promise<{ latency: Latency | null; eventLoop: Tail | null }> {
  const rate = Math.max(10, Math.round(course.perSecond * LOAD));
  const count = Math.max(10, Math.round((rate * SEGMENT_MS) / 1000));
  const pairs: Pair[] = [];
  while (pairs.length < PAIRS && !clock.isOver('latency', pairs.length, LEAST_PAIRS))
    pairs.push(await course.pair({ rate, count, withinMs: WITHIN_MS }));
  const all = tailOf(pairs, 'latency', `${seed}:latency`);
  const eventLoop = tailOf(pairs, 'lightLatency', `${seed}:eventLoop`);
  return { latency: all && { perSecond: rate, ...all }, eventLoop };
}

/** Null without a pair in which both sides were asked. */
function tailOf(pairs: readonly Pair[], which: Which, seed: string): Tail | null {
  const asked = pairs.filter(
    ({ candidate, reference }) => candidate.driven[which].length > 0 && reference.driven[which].length > 0,
  );
  const slowest = (pair: Pair, side: keyof Pair): number =>
    Math.max(LEAST_MS, latencies([pair[side]], which).percentileMs(0.99));
  const ratios = asked.map((pair) => slowest(pair, 'reference') / slowest(pair, 'candidate'));
  const p99 = ratioInterval([ratios], seed);
  if (!p99) return null;
  const of = (side: keyof Pair) =>
    percentiles(
      latencies(
        asked.map((pair) => pair[side]),
        which,
      ),
    );
  const sum = (of: (segment: Segment) => number): number =>
    asked.reduce((total, { candidate }) => total + of(candidate), 0);
  const right = sum((segment) => segment.right) / sum(({ driven }) => requestsOf(driven));
  return { candidate: of('candidate'), reference: of('reference'), p99, right };
}

/** Never 0, since ratios are made of it. */
const LEAST_MS = 0.001;

const percentiles = (histogram: Histogram) => ({
  p50: histogram.percentileMs(0.5),
  p90: histogram.percentileMs(0.9),
  p99: histogram.percentileMs(0.99),
});
