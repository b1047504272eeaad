import type { LoadResult } from '../../../assessments/kit/schema/performance.js';

/** How good the performance measurement is, on the machine that it runs on. Null: that part was not run. Shares and coefficients from 0 to 1. */
export interface PerformanceFigures {
  /** Measurements behind each of the next figures, here and below. */
  readonly runs: number;
  /** Spread of the main figure (standard deviation over mean), identical programs, nothing else on the machine. */
  readonly cvQuiet: number | null;
  /** Share of runs in which an identical copy was told apart, quiet or beside neighbours. */
  readonly falseAlarms: number | null;
  /** CPU time of the load generator over time. */
  readonly generatorShare: number | null;
  /** Different bands of the performance dimension over the same runs. */
  readonly bands: number | null;
  readonly runsHog: number;
  /** As `cvQuiet` and `detected15`, beside a hog on each processor. */
  readonly cvHog: number | null;
  readonly detected15Hog: number | null;
  readonly runsGrading: number;
  /** The same beside gradings of other submissions. */
  readonly cvGrading: number | null;
  readonly detected15Grading: number | null;
  readonly runsCostlier: number;
  /** Share of runs in which a copy that costs about 15 % more was told apart. */
  readonly detected15: number | null;
  /** Share of the faults in `variants/`, and of the pack's mutants each time that they were asked, that the checks made for them found. */
  readonly faultsFound: number | null;
  /** Of the longest stage of load, from its turn in the lane to its findings. */
  readonly stageSeconds: number | null;
  /** Of the longest run of the hidden checks of the performance dimension, which are asked before, outside the lane. */
  readonly checksSeconds: number | null;
}

/** Of an identical copy and of one that costs about 15 % more, while something else goes on. */
interface Beside {
  readonly identical: LoadResult[];
  readonly costlier: LoadResult[];
}

/** What the parts of the bench have seen so far. */
export interface Seen {
  /** Identical programs, each with the band that its findings give. */
  readonly quiet: { readonly load: LoadResult; readonly band: string }[];
  readonly hog: Beside;
  readonly grading: Beside;
  readonly costlier: LoadResult[];
  readonly faults: { readonly name: string; readonly isFound: boolean }[];
  readonly stages: { readonly checks: number; readonly load: number }[];
}

/** Two processes of one program differ by one or two per cent for good: a smaller difference is none. */
const EQUIVALENT = 0.03;

export const nothingSeen = (): Seen => ({
  quiet: [],
  hog: { identical: [], costlier: [] },
  grading: { identical: [], costlier: [] },
  costlier: [],
  faults: [],
  stages: [],
});

/** Pure, so that it can be said after each run. */
export function figuresOf(seen: Seen): PerformanceFigures {
  const quiet = seen.quiet.map(({ load }) => load);
  const { hog, grading, costlier } = seen;
  const identical = [...quiet, ...hog.identical, ...grading.identical];
  return {
    runs: quiet.length,
    cvQuiet: spread(quiet),
    falseAlarms: share(identical, (load) => isDearer(load) || isCheaper(load)),
    generatorShare: mean(quiet.map(({ generatorShare }) => generatorShare)),
    bands: quiet.length === 0 ? null : new Set(seen.quiet.map(({ band }) => band)).size,
    runsHog: hog.identical.length,
    cvHog: spread(hog.identical),
    detected15Hog: share(hog.costlier, isDearer),
    runsGrading: grading.identical.length,
    cvGrading: spread(grading.identical),
    detected15Grading: share(grading.costlier, isDearer),
    runsCostlier: costlier.length,
    detected15: share(costlier, isDearer),
    faultsFound: share(seen.faults, ({ isFound }) => isFound),
    stageSeconds: longest(seen.stages.map(({ load }) => load)),
    checksSeconds: longest(seen.stages.map(({ checks }) => checks)),
  };
}

/** Whether the figures of all parts that were run are what we promise. */
export function holds(figures: PerformanceFigures): boolean {
  const { cvQuiet, cvHog, cvGrading, falseAlarms, faultsFound, stageSeconds, bands } = figures;
  const detected = [figures.detected15, figures.detected15Hog, figures.detected15Grading];
  return (
    (cvQuiet ?? 0) <= 0.03 &&
    (cvHog ?? 0) <= 0.05 &&
    (cvGrading ?? 0) <= 0.05 &&
    detected.every((share) => (share ?? 1) >= 0.95) &&
    (falseAlarms ?? 0) <= 0.05 &&
    (faultsFound ?? 1) === 1 &&
    (stageSeconds ?? 0) < 25 &&
    (bands ?? 1) === 1
  );
}

const isDearer = ({ cost, unsure }: LoadResult): boolean =>
  cost !== null && unsure === null && cost.ratio.high < 1 - EQUIVALENT;
const isCheaper = ({ cost, unsure }: LoadResult): boolean =>
  cost !== null && unsure === null && cost.ratio.low > 1 + EQUIVALENT;

const longest = (of: readonly number[]): number | null => (of.length === 0 ? null : Math.max(...of));

const share = <T>(of: readonly T[], is: (one: T) => boolean): number | null =>
  of.length === 0 ? null : of.filter(is).length / of.length;

const mean = (of: readonly number[]): number | null =>
  of.length === 0 ? null : of.reduce((sum, one) => sum + one, 0) / of.length;

/** Standard deviation of the main figure over its mean; null for less than two. */
function spread(loads: readonly LoadResult[]): number | null {
  const ratios = loads.map(({ cost }) => cost?.ratio.value ?? 0);
  const centre = mean(ratios);
  if (centre === null || ratios.length < 2) return null;
  const squares = ratios.reduce((sum, one) => sum + (one - centre) ** 2, 0);
  return Math.sqrt(squares / (ratios.length - 1)) / centre;
}
