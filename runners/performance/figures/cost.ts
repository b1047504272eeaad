import type { Cost } from '../../../assessments/kit/schema/performance.js';
import type { Pair } from '../measure/course.js';
import { costOf, speedOf, type Segment } from '../measure/segment.js';
import { ratioInterval, trimmedMean } from './bootstrap.js';

/** The reference agrees with itself once two of its starts cost the same but for this share. */
const MAX_REFERENCE_SPREAD = 0.15;
/** Half the width of the interval over the figure: from the first, more pairs are worth the usual time; from the second, half of the 15 % that are to be told, more than that. */
const TIGHT = 0.04;
const WIDE = 0.075;

/** Cost and speed from the pairs of each start; null when one side has answered nothing rightly. Pure. */
export function costFrom(starts: readonly (readonly Pair[])[], seed: string): Cost | null {
  const pairs = ratios(starts, (pair) => over(costOf(pair.reference), costOf(pair.candidate)));
  const speeds = ratios(starts, (pair) => over(speedOf(pair.candidate), speedOf(pair.reference)));
  const ratio = ratioInterval(pairs, `${seed}:cost`);
  const speed = ratioInterval(speeds, `${seed}:speed`);
  if (!ratio || !speed) return null;
  const typical = (side: keyof Pair, figure: (segment: Segment) => number | null): number => {
    const known = starts.flat().flatMap((pair) => figure(pair[side]) ?? []);
    return known.length === 0 ? 0 : trimmedMean(known);
  };
  return {
    ratio,
    cpuMs: { candidate: typical('candidate', costOf), reference: typical('reference', costOf) },
    speed,
    perSecond: { candidate: typical('candidate', speedOf), reference: typical('reference', speedOf) },
    pairs: pairs.map((start) => [...start]),
    referenceSpread: referenceSpread(starts),
  };
}

/** `tight`: no more starts are needed. `fair`: they would tell more, if there is time. `doubtful`: without them it tells little. */
export function certainty({ ratio, referenceSpread }: Cost): 'tight' | 'fair' | 'doubtful' {
  const width = (ratio.high - ratio.low) / 2 / ratio.value;
  if (width > WIDE || unsteadiness(referenceSpread) !== null) return 'doubtful';
  return width > TIGHT ? 'fair' : 'tight';
}

/** Why the comparison is to be taken with care: the reference, the same program each time, differs from itself. Null when it does not. */
export function unsteadiness(spread: number): string | null {
  if (spread <= MAX_REFERENCE_SPREAD) return null;
  return `The reference's own cost differed by ${Math.round(spread * 100)} % or more between any two of its starts, so the machine was busy: all intervals are that much wider.`;
}

/** By what share the reference's cost differs between those two of its starts that are closest; 0 for a single one. */
function referenceSpread(starts: readonly (readonly Pair[])[]): number {
  const costs = starts
    .flatMap((pairs) => {
      const known = pairs.flatMap(({ reference }) => costOf(reference) ?? []);
      return known.length === 0 ? [] : [trimmedMean(known)];
    })
    .sort((a, b) => a - b);
  const apart = costs.slice(1).map((cost, index) => cost / (costs[index] as number) - 1);
  return apart.length === 0 ? 0 : Math.min(...apart);
}

function ratios(starts: readonly (readonly Pair[])[], of: (pair: Pair) => number | null): number[][] {
  return starts.map((pairs) => pairs.flatMap((pair) => of(pair) ?? []));
}

const over = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a / b);
