import { scaleLinear } from 'd3-scale';
import { figure } from '../../text/words.js';

export interface Line {
  readonly title: string;
  readonly values: readonly number[];
}

/** Lines over the same steps in a box of 100 by 100 units, which is stretched to its place. */
export interface LineChart {
  readonly unit: string;
  readonly top: string;
  readonly lines: readonly {
    readonly title: string;
    readonly points: string;
    readonly words: string;
  }[];
}

/** Null when there is nothing to draw. */
export function lineChart(unit: string, lines: readonly Line[]): LineChart | null {
  const drawn = lines.filter(({ values }) => values.length > 1);
  if (drawn.length === 0) return null;
  const y = scaleLinear([0, Math.max(1, ...drawn.flatMap(({ values }) => values))], [100, 0]).nice(2);
  const [, top = 1] = y.domain();
  return {
    unit,
    top: `${figure(top)} ${unit}`,
    lines: drawn.map(({ title, values }) => ({
      title,
      points: values
        .map((value, index) => `${((index * 100) / (values.length - 1)).toFixed(1)},${y(value).toFixed(1)}`)
        .join(' '),
      words: `from ${figure(values[0] ?? 0, 1)} to ${figure(values.at(-1) ?? 0, 1)} ${unit}, highest ${figure(Math.max(...values), 1)} ${unit}`,
    })),
  };
}
