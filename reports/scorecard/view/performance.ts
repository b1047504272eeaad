import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { oneLine } from '../../text/visible.js';
import { figure, plural } from '../../text/words.js';
import type { LatencyChart } from '../charts/latency.js';
import { latencyChart } from '../charts/latency.js';

export interface PerformanceView {
  readonly method: string;
  readonly chart: LatencyChart;
  readonly loads: readonly {
    readonly title: string;
    readonly setting: string;
    readonly rate: string;
    readonly p50: string;
    readonly p90: string;
    readonly p99: string;
    readonly cpu: string;
    readonly memory: string;
    readonly trouble: string;
  }[];
}

/** Null when no load was run. */
export function performanceView({ performance }: Scorecard): PerformanceView | null {
  if (performance === null || performance.loads.length === 0) return null;
  return {
    method: oneLine(performance.method, 1200),
    chart: latencyChart(performance.loads.map((load) => ({ ...load, title: oneLine(load.title, 80) }))),
    loads: performance.loads.map((load) => ({
      title: oneLine(load.title, 80),
      setting: `${figure(load.seconds)} s, ${plural(load.connections, 'connection')}, ${plural(load.requests, 'request')}`,
      rate: figure(load.requestsPerSecond, 0),
      p50: figure(load.latencyMs.p50),
      p90: figure(load.latencyMs.p90),
      p99: figure(load.latencyMs.p99),
      cpu: load.cpuMsPerRequest === null ? '–' : figure(load.cpuMsPerRequest, 3),
      memory: figure(load.memoryPeakMb, 0),
      trouble: figure(load.errors + load.non2xx),
    })),
  };
}
