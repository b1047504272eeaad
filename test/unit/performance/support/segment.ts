import type { Segment } from '../../../../runners/performance/measure/segment.js';
import type { Driven } from '../../../../runners/performance/types.js';

/** A stretch in which all went well. */
export const DRIVEN: Driven = {
  ms: 300,
  good: 300,
  wrongStatus: 0,
  empty: 0,
  shed: 0,
  lost: 0,
  late: 0,
  looked: 0,
  wrong: 0,
  fault: null,
  difference: null,
  latency: [],
  lightLatency: [],
  generatorMs: 60,
};

export const segmentOf = (driven: Partial<Driven>, cpuMs = 100): Segment => {
  const whole = { ...DRIVEN, ...driven };
  return { driven: whole, right: whole.good, cpuMs, memoryBytes: 0 };
};
