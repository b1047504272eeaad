import type { LoadResult, Overload } from '../../../assessments/kit/schema/performance.js';
import type { Side } from '../types.js';
import type { Clock } from './clock.js';
import type { Course, Pair } from './course.js';
import { latencies, requestsOf, runSegment, type Segment } from './segment.js';

/** Over what the reference answers with its core to itself. */
const OVERLOAD = 3;
const OVERLOAD_MS = 1000;
const OVERLOAD_CONNECTIONS = 128;
const WITHIN_MS = 2000;
/** Ordinary requests afterwards: a few, slice by slice, until they are answered as they should be. */
const PROBE = { rate: 100, count: 20, withinMs: 1000 };
const PROBE_MS = 200;
const MAX_PROBES = 20;
const WELL_MS = 100;
const WELL_RATIO = 3;

/** Three times the load that the reference bears, on the candidate alone, and how long it takes to be well again. */
export async function measureOverload(course: Course, side: Side, clock: Clock): Promise<Overload> {
  const rate = Math.round(course.perSecond * OVERLOAD);
  const count = Math.round((rate * OVERLOAD_MS) / 1000);
  const connections = OVERLOAD_CONNECTIONS;
  const { driven } = await runSegment(side, course.next({ rate, count, connections, withinMs: WITHIN_MS }));
  const total = Math.max(1, requestsOf(driven));
  let recoveredMs: number | null = null;
  for (let probes = 1; probes <= MAX_PROBES && recoveredMs === null; probes++) {
    if (clock.isOver('excess', probes, MAX_PROBES)) break;
    if (isWell(await course.pair(PROBE))) recoveredMs = probes * PROBE_MS;
  }
  return {
    perSecond: rate,
    answered: driven.good / total,
    shed: driven.shed / total,
    failed: (total - driven.good - driven.shed) / total,
    recoveredMs,
  };
}

/** Answers all, and quickly, or as quickly as the reference does, which has been spared the overload. */
function isWell({ candidate, reference }: Pair): boolean {
  const p90 = (segment: Segment): number => latencies([segment]).percentileMs(0.9);
  const limitMs = Math.max(WELL_MS, p90(reference) * WELL_RATIO);
  return candidate.driven.good >= reference.driven.good && p90(candidate) <= limitMs;
}

const SLOW_CLIENTS = 200;
const BESIDE = { rate: 100, count: 50, withinMs: 2000, slowClients: SLOW_CLIENTS };

/** Ordinary requests beside clients that send a byte now and then. */
export async function measureSlowClients(course: Course): Promise<NonNullable<LoadResult['slowClients']>> {
  const { candidate, reference } = await course.pair(BESIDE);
  const answered = ({ driven, right }: Segment): number => right / Math.max(1, requestsOf(driven));
  return { clients: SLOW_CLIENTS, answered: answered(candidate), reference: answered(reference) };
}
