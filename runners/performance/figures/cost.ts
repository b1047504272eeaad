import type { Cost } from '../../../assessments/kit/schema/performance.js';
import type { Pair } from '../measure/course.js';
import { costOf, speedOf, type Segment } from '../measure/segment.js';
import { ratioInterval, trimmedMean } from './bootstrap.js';

/**
 * The reference's cost may differ by this share between its starts without a remark: a machine that is slower for a while is slower
 * for both sides, whose turns are short. Of ten measurements in which it differed by 15 to 30 % none told identical programs apart.
 */
const MAX_REFERENCE_SPREAD = 0.3;
/** Half the width of the interval over the figure, from which more pairs are worth their time. */
const TIGHT = 0.04;

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

/** Whether more starts would tell more. */
export const isTight = ({ ratio }: Cost): boolean => (ratio.high - ratio.low) / 2 <= TIGHT * ratio.value;

/** Why the comparison is to be taken with care: the reference, the same program each time, differs from itself. Null when it does not. */
export function unsteadiness(spread: number): string | null {
  if (spread <= MAX_REFERENCE_SPREAD) return null;
  return `The reference's own cost differed by ${Math.round(spread * 100)} % between its starts, so the machine was busy: all intervals are that much wider.`;
}

/** By what share the reference's cost differs between its starts. */
function referenceSpread(starts: readonly (readonly Pair[])[]): number {
  const costs = starts.flatMap((pairs) => {
    const known = pairs.flatMap(({ reference }) => costOf(reference) ?? []);
    return known.length === 0 ? [] : [trimmedMean(known)];
  });
  return costs.length === 0 ? 0 : Math.max(...costs) / Math.min(...costs) - 1;
}

function ratios(starts: readonly (readonly Pair[])[], of: (pair: Pair) => number | null): number[][] {
  return starts.map((pairs) => pairs.flatMap((pair) => of(pair) ?? []));
}

const over = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a / b);
