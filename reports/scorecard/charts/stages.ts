import { scaleLinear } from 'd3-scale';
import { duration } from '../../text/words.js';
import { percent } from './percent.js';

/** Stages end to end, as long as they took. */
export interface StageChart {
  readonly total: string;
  readonly parts: readonly {
    readonly name: string;
    readonly x: string;
    readonly width: string;
    readonly words: string;
    readonly share: string;
    /** Which of the six shades of the legend. */
    readonly shade: number;
  }[];
}

export function stageChart(timings: Readonly<Record<string, number>>, order: readonly string[]): StageChart {
  const rank = (name: string) => (order.indexOf(name) + order.length) % order.length;
  const stages = Object.entries(timings).sort(([a], [b]) => rank(a) - rank(b));
  const total = stages.reduce((sum, [, ms]) => sum + ms, 0);
  const share = scaleLinear([0, Math.max(1, total)], [0, 1]);
  let before = 0;
  return {
    total: duration(total),
    parts: stages.map(([name, ms], index) => {
      const x = percent(share(before));
      before += ms;
      return {
        name,
        x,
        width: percent(share(ms)),
        words: duration(ms),
        share: `${Math.round(share(ms) * 100)} %`,
        shade: index % 6,
      };
    }),
  };
}
