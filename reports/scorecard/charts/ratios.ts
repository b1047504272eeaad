import { scaleLog } from 'd3-scale';
import { percent } from './percent.js';

export interface Ratio {
  readonly title: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Ratios with their intervals on a common axis that doubles from mark to mark; 1 is as good as the reference. */
export interface RatioChart {
  readonly rows: readonly {
    readonly title: string;
    readonly low: string;
    readonly high: string;
    readonly value: string;
    readonly words: string;
  }[];
  /** Where the reference stands. */
  readonly one: string;
  readonly ticks: readonly {
    readonly x: string;
    readonly label: string;
    readonly anchor: 'start' | 'middle' | 'end';
  }[];
}

/** Further from 1 than this is drawn at the edge. */
const EDGE = 64;

export function ratioChart(ratios: readonly Ratio[]): RatioChart {
  const doublings = ratios.flatMap(({ low, high }) => [Math.log2(inside(low)), Math.log2(inside(high))]);
  const from = Math.floor(Math.min(-1, ...doublings));
  const to = Math.ceil(Math.max(1, ...doublings));
  const x = scaleLog([2 ** from, 2 ** to], [0, 1])
    .base(2)
    .clamp(true);
  const marks = Array.from({ length: to - from + 1 }, (_, index) => 2 ** (from + index));
  return {
    rows: ratios.map(({ title, value, low, high }) => ({
      title,
      low: percent(x(inside(low))),
      high: percent(x(inside(high))),
      value: percent(x(inside(value))),
      words: ratioWords({ value, low, high }),
    })),
    one: percent(x(1)),
    ticks: marks.map((mark, index) => ({
      x: percent(x(mark)),
      label: mark === 1 ? 'reference' : mark < 1 ? `1/${1 / mark}` : `${mark} ×`,
      anchor:
        index === 0
          ? ('start' as const)
          : index === marks.length - 1
            ? ('end' as const)
            : ('middle' as const),
    })),
  };
}

/** `0.97 (0.94 to 1.01)` */
export const ratioWords = ({ value, low, high }: Omit<Ratio, 'title'>): string =>
  `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;

const inside = (ratio: number): number => Math.min(EDGE, Math.max(1 / EDGE, ratio));
