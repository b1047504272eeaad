import { scaleLinear } from 'd3-scale';
import type { UpstreamCall } from '../../../assessments/kit/index.js';
import { duration } from '../../text/words.js';
import { percent } from './percent.js';

const ROW = 14;

/** Calls one below the other along a common clock. Lengths in percent across, in pixels down. */
export interface Timeline {
  readonly height: number;
  readonly bars: readonly {
    readonly x: string;
    readonly width: string;
    readonly y: number;
    readonly kind: 'good' | 'bad' | 'open';
  }[];
  readonly ticks: readonly {
    readonly x: string;
    readonly label: string;
    readonly anchor: 'start' | 'middle' | 'end';
  }[];
  /** Where the tick labels stand, in pixels from the top. */
  readonly labels: number;
}

export function timeline(calls: readonly UpstreamCall[]): Timeline {
  const start = Math.min(...calls.map((call) => call.atMs));
  const end = Math.max(start + 1, ...calls.map((call) => call.atMs + (call.durationMs ?? 0)));
  const x = scaleLinear([start, end], [0, 1]).clamp(true);
  const bottom = calls.length * ROW;
  return {
    height: bottom + 22,
    labels: bottom + 16,
    bars: calls.map((call, index) => {
      const until = call.durationMs === null ? end : call.atMs + call.durationMs;
      return {
        x: percent(x(call.atMs)),
        width: percent(Math.max(x(until) - x(call.atMs), 0.006)),
        y: index * ROW + 3,
        kind: kindOf(call),
      };
    }),
    ticks: [0, 0.5, 1].map((share, index) => ({
      x: percent(share),
      label: duration(start + share * (end - start)),
      anchor: (['start', 'middle', 'end'] as const)[index] ?? 'middle',
    })),
  };
}

function kindOf(call: UpstreamCall): 'good' | 'bad' | 'open' {
  if (call.answered === null) return 'open';
  return call.answered < 400 ? 'good' : 'bad';
}
