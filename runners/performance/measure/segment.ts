import { Histogram } from '../figures/histogram.js';
import type { Driven, Side, Stretch } from '../types.js';

/** A stretch on one side and what it cost. */
export interface Segment {
  readonly driven: Driven;
  /** Requests with a right answer, as far as was looked. */
  readonly right: number;
  readonly cpuMs: number;
  /** Memory in use at its end. */
  readonly memoryBytes: number;
}

/** Wakes a side, drives a stretch, freezes it again: what it does outside its turns it cannot do at all. */
export async function runSegment(side: Side, stretch: Stretch): Promise<Segment> {
  await side.thaw();
  const before = await side.cpuMs();
  const driven = await side.drive(stretch);
  const after = await side.cpuMs();
  const { bytes } = await side.memory();
  if (side.running()) await side.freeze();
  return { driven, right: rightAnswers(driven), cpuMs: after - before, memoryBytes: bytes };
}

/** Good answers less the share of wrong ones among those that were looked into. */
export function rightAnswers({ good, looked, wrong }: Driven): number {
  return looked === 0 ? good : good * (1 - wrong / looked);
}

/** Answers whose status or content was wrong, and all that were given; who turns requests away has given none. */
export function wrongAnswers(driven: Driven): { wrong: number; given: number } {
  const { good, wrongStatus, empty } = driven;
  return { wrong: good - rightAnswers(driven) + wrongStatus + empty, given: good + wrongStatus + empty };
}

/** All requests that had an ending. */
export const requestsOf = ({ good, wrongStatus, empty, shed, lost, late }: Driven): number =>
  good + wrongStatus + empty + shed + lost + late;

/** Null when nothing was answered rightly. */
export const costOf = ({ cpuMs, right }: Segment): number | null =>
  right > 0 && cpuMs > 0 ? cpuMs / right : null;

/** Null when nothing was answered rightly. */
export const speedOf = ({ driven, right }: Segment): number | null =>
  right > 0 && driven.ms > 0 ? (right * 1000) / driven.ms : null;

/** CPU time of the generator over the time of the stretches. */
export function generatorShare(segments: readonly Segment[]): number {
  const sum = (of: (driven: Driven) => number): number =>
    segments.reduce((total, { driven }) => total + of(driven), 0);
  const ms = sum((driven) => driven.ms);
  return ms === 0 ? 0 : sum((driven) => driven.generatorMs) / ms;
}

export const latencies = (
  segments: readonly Segment[],
  of: 'latency' | 'lightLatency' = 'latency',
): Histogram =>
  segments.reduce((all, { driven }) => all.merge(Histogram.decode(driven[of])), new Histogram());
