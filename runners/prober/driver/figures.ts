import type { ServiceFigures } from '../../../assessments/kit/index.js';

/** CPU time adds up over starts; everything else is a height. */
export function maxFigures(before: ServiceFigures | null, now: ServiceFigures): ServiceFigures {
  if (!before) return now;
  return {
    cpuMs: Math.max(before.cpuMs, now.cpuMs),
    memoryBytes: Math.max(before.memoryBytes, now.memoryBytes),
    memoryPeakBytes: Math.max(before.memoryPeakBytes, now.memoryPeakBytes),
    pids: Math.max(before.pids, now.pids),
  };
}
