import type { Excess, LoadResult } from '../../../assessments/kit/schema/performance.js';
import type { Driven, Side } from '../types.js';
import type { Clock } from './clock.js';
import type { Course, Pair } from './course.js';
import { latencies, requestsOf, rightAnswers, runSegment, type Segment } from './segment.js';

/** `over`: what the reference answers with its core to itself. */
const OVERLOAD = { over: 3, forMs: 700, connections: 128 };
const SPIKE = { over: 2, forMs: 250, connections: 64 };
const WITHIN_MS = 1700;
/** Ordinary requests afterwards: a few, slice by slice, until they are answered as they should be. */
const PROBE = { rate: 100, count: 20, withinMs: 1000 };
const PROBE_MS = 200;
const MAX_PROBES = 20;
const WELL_MS = 100;
const WELL_RATIO = 3;

/** Three times the load that the reference bears, on the candidate alone, and how long it takes to be well again. */
export async function measureOverload(course: Course, side: Side, clock: Clock): Promise<Excess> {
  const { rate, stretch } = beyond(course, OVERLOAD);
  const { driven } = await runSegment(side, course.next(stretch));
  const recoveredMs = await recovery(course, clock);
  return { perSecond: rate, ...sharesOf(driven), referenceFailed: null, recoveredMs };
}

/** For a moment twice the load that the reference bears, on both. */
export async function measureSpike(course: Course, clock: Clock): Promise<Excess> {
  const { rate, stretch } = beyond(course, SPIKE);
  const { candidate, reference } = await course.beyond(stretch);
  const recoveredMs = await recovery(course, clock);
  const referenceFailed = sharesOf(reference.driven).failed;
  return { perSecond: rate, ...sharesOf(candidate.driven), referenceFailed, recoveredMs };
}

function beyond({ perSecond }: Course, { over, forMs, connections }: typeof SPIKE) {
  const rate = Math.round(perSecond * over);
  const count = Math.round((rate * forMs) / 1000);
  return { rate, stretch: { rate, count, connections, withinMs: WITHIN_MS } };
}

/** What is answered wrongly has failed. */
function sharesOf(driven: Driven): Pick<Excess, 'answered' | 'shed' | 'failed' | 'wrong'> {
  const total = Math.max(1, requestsOf(driven));
  const { good, shed, empty } = driven;
  const right = rightAnswers(driven);
  return {
    answered: right / total,
    shed: shed / total,
    failed: (total - right - shed) / total,
    wrong: (good - right + empty) / Math.max(1, good + empty),
  };
}

/** Milliseconds until ordinary requests are answered as before; null when that takes too long. */
async function recovery(course: Course, clock: Clock): Promise<number | null> {
  for (let probes = 1; probes <= MAX_PROBES; probes++) {
    if (clock.isOver('excess', probes, MAX_PROBES)) break;
    if (isWell(await course.beyond(PROBE))) return probes * PROBE_MS;
  }
  return null;
}

/** Answers all, rightly and quickly, or as quickly as the reference does, which has been spared the overload. */
function isWell({ candidate, reference }: Pair): boolean {
  const p90 = (segment: Segment): number => latencies([segment]).percentileMs(0.9);
  const limitMs = Math.max(WELL_MS, p90(reference) * WELL_RATIO);
  return candidate.right >= reference.right && p90(candidate) <= limitMs;
}

const SLOW_CLIENTS = 200;
const BESIDE = { rate: 100, count: 35, withinMs: 2000, slowClients: SLOW_CLIENTS };

/** Ordinary requests beside clients that send a byte now and then. */
export async function measureSlowClients(course: Course): Promise<NonNullable<LoadResult['slowClients']>> {
  const { candidate, reference } = await course.beyond(BESIDE);
  const answered = ({ driven, right }: Segment): number => right / Math.max(1, requestsOf(driven));
  return { clients: SLOW_CLIENTS, answered: answered(candidate), reference: answered(reference) };
}
