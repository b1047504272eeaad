import { scaleLinear } from 'd3-scale';
import { figure } from '../../text/words.js';
import { percent } from './percent.js';

export interface Latencies {
  readonly title: string;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** One line for each service on a common axis in milliseconds: the median, and the way to the slowest of a hundred. */
export interface LatencyChart {
  readonly rows: readonly {
    readonly title: string;
    readonly p50: string;
    readonly p90: string;
    readonly p99: string;
    readonly words: string;
  }[];
  readonly ticks: readonly {
    readonly x: string;
    readonly label: string;
    readonly anchor: 'start' | 'middle' | 'end';
  }[];
}

export function latencyChart(services: readonly Latencies[]): LatencyChart {
  const x = scaleLinear([0, Math.max(0.1, ...services.map(({ p99 }) => p99))], [0, 1]).nice(4);
  const [, end = 1] = x.domain();
  return {
    rows: services.map(({ title, p50, p90, p99 }) => ({
      title,
      p50: percent(x(p50)),
      p90: percent(x(p90)),
      p99: percent(x(p99)),
      words: `half within ${figure(p50)} ms, 90 % within ${figure(p90)} ms, 99 % within ${figure(p99)} ms`,
    })),
    ticks: x.ticks(4).map((value) => ({
      x: percent(x(value)),
      label: `${figure(value)} ms`,
      anchor: value === 0 ? ('start' as const) : value === end ? ('end' as const) : ('middle' as const),
    })),
  };
}
