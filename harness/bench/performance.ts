import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { LoadResult } from '../../assessments/kit/schema/performance.js';
import type { Prober } from '../../runners/prober/types.js';
import { localInput } from '../local.js';
import { openArena } from './arena.js';
import { withPatched } from '../packs/patched.js';
import { grade } from '../pipeline/grade.js';
import { findMeasured } from '../pipeline/performance/findings.js';
import type { GradingBench } from './grading.js';

/** How good the performance measurement is, on the machine that it runs on. Shares and coefficients from 0 to 1. */
export interface PerformanceFigures {
  /** Measurements behind each of the next figures. */
  readonly runs: number;
  /** Spread of the main figure (standard deviation over mean), identical programs, on a quiet machine and beside a hog on each processor. */
  readonly cvQuiet: number;
  readonly cvHog: number;
  /** Share of runs in which a copy that costs about 15 % more was told apart. */
  readonly detected15: number;
  /** The same of an identical copy. */
  readonly falseAlarms: number;
  /** Share of the faults in `variants/` that the check made for them found. */
  readonly faultsFound: number;
  /** Of a whole performance stage. */
  readonly stageSeconds: number;
  /** CPU time of the load generator over time. */
  readonly generatorShare: number;
}

/** Two processes of one program differ by one or two per cent for good: a smaller difference is none. */
const EQUIVALENT = 0.03;
const variant = (name: string): string => fileURLToPath(new URL(`./variants/${name}.patch`, import.meta.url));
/** Faults of the reference that show under load only, and the check that must fail for each. */
const FAULTS: Readonly<Record<string, string>> = {
  'list-looks-up-each-item': 'cost-excellent',
  'requests-remembered': 'memory-steady',
  'list-forgets-the-oldest': 'load-nothing-lost',
  'slots-not-given-back': 'load-answers-right',
  'few-connections': 'slow-clients-harmless',
  'overload-shuts-the-door': 'overload-survived',
};
const never = new AbortController().signal;

export async function performanceFigures(bench: GradingBench, runs: number): Promise<PerformanceFigures> {
  const senior = join(bench.pack.dir, 'solutions', 'senior');
  const stageSeconds = await stageTime(bench, senior);
  const faultsFound = await findFaults(bench, senior);
  const arena = await openArena(bench, ['cost']);
  try {
    const reference = await arena.enter(senior);
    const same = await arena.enter(senior);
    const costlier = await withPatched(senior, variant('costlier'), (dir) => arena.enter(dir));
    const compare = async (candidate: Prober, what: string): Promise<LoadResult> => {
      const result = await arena.compare(candidate, reference);
      const { value = 0, low = 0, high = 0 } = result.cost?.ratio ?? {};
      bench.say(
        `${what}: ${[value, low, high].map((one) => one.toFixed(3)).join(' ')} ${result.unsure ?? ''}`,
      );
      return result;
    };
    const quiet = await times(runs, () => compare(same, 'identical'));
    const apart = await times(runs, () => compare(costlier, 'costlier'));
    const beside = await withHog(() => times(runs, () => compare(same, 'identical beside a hog')));
    return {
      runs,
      cvQuiet: spread(quiet.map(ratioOf)),
      cvHog: spread(beside.map(ratioOf)),
      detected15: share(apart, (result) => isDearer(result)),
      falseAlarms: share([...quiet, ...beside], (result) => isDearer(result) || isCheaper(result)),
      faultsFound,
      stageSeconds,
      generatorShare: mean(quiet.map((result) => result.generatorShare)),
    };
  } finally {
    await arena.close();
  }
}

/** Measures each fault with everything that the profile measures. */
async function findFaults(bench: GradingBench, senior: string): Promise<number> {
  const arena = await openArena(bench, bench.pack.loads[0]?.measures ?? []);
  try {
    const reference = await arena.enter(senior);
    let found = 0;
    for (const [name, id] of Object.entries(FAULTS)) {
      const candidate = await withPatched(senior, variant(name), (dir) => arena.enter(dir));
      const result = await arena.compare(candidate, reference);
      const findings = findMeasured(bench.pack, { loads: [result] });
      const lost = findings.filter(({ outcome }) => outcome === 'fail').map(({ checkId }) => checkId);
      if (lost.includes(id)) found++;
      bench.say(`${name}: fails ${lost.join(', ') || 'nothing'}`);
    }
    return found / Object.keys(FAULTS).length;
  } finally {
    await arena.close();
  }
}

async function stageTime({ config, pack, grading, say }: GradingBench, dir: string): Promise<number> {
  const options = { run: `bench-${randomBytes(3).toString('hex')}`, candidate: null, withLoad: true };
  const record = await grade(localInput(config, pack, dir, options), grading.deps, () => undefined, never);
  const seconds = (record.timings['performance'] ?? 0) / 1000;
  say(`the whole performance stage took ${seconds.toFixed(1)} s`);
  return seconds;
}

/** A neighbour that takes what it can of each processor. */
async function withHog<T>(work: () => Promise<T>): Promise<T> {
  const hogs = [1, 2].map(() => execa(process.execPath, ['-e', 'for (;;);'], { reject: false }));
  try {
    return await work();
  } finally {
    for (const hog of hogs) hog.kill('SIGKILL');
    await Promise.all(hogs);
  }
}

async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < count; i++) results.push(await work());
  return results;
}

const ratioOf = ({ cost }: LoadResult): number => cost?.ratio.value ?? 0;
const isDearer = ({ cost, unsure }: LoadResult): boolean =>
  cost !== null && unsure === null && cost.ratio.high < 1 - EQUIVALENT;
const isCheaper = ({ cost, unsure }: LoadResult): boolean =>
  cost !== null && unsure === null && cost.ratio.low > 1 + EQUIVALENT;
const share = <T>(of: readonly T[], is: (one: T) => boolean): number => of.filter(is).length / of.length;
const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;

function spread(of: readonly number[]): number {
  const centre = mean(of);
  return (
    Math.sqrt(mean(of.map((one) => (one - centre) ** 2)) * (of.length / Math.max(1, of.length - 1))) / centre
  );
}
