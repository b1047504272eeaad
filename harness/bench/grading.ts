import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import type { Pack } from '../../assessments/kit/index.js';
import { inScratch } from '../../docker/scratch.js';
import type { Config } from '../config.js';
import type { Grading } from '../grading.js';
import { localInput } from '../local.js';
import { grade } from '../pipeline/grade.js';
import type { RunRecord } from '../scoring/index.js';

/** What the benchmarks of grading work on: a pack, its reference, and a host that is warm. */
export interface GradingBench {
  readonly config: Pick<Config, 'stateDir'>;
  readonly pack: Pack;
  readonly grading: Grading;
  readonly say: (line: string) => void;
  /** Ends it: whatever runs then stops, and takes its pods with it. */
  readonly signal: AbortSignal;
}

/** Stages in which candidate code is exercised; the others are overhead. */
const EXERCISED = ['boot', 'correctness', 'security', 'testing', 'performance'];
const BATCH = 8;
const AT_ONCE = 8;

/** Wall time of a warm grading over the time in which candidate code was exercised. Median of three. */
export async function overheadRatio(bench: GradingBench): Promise<number> {
  await gradeReference(bench);
  const ratios: number[] = [];
  for (let i = 0; i < 3; i++) {
    const { seconds, result } = await timed(() => gradeReference(bench));
    const exercised = EXERCISED.reduce((sum, stage) => sum + (result.timings[stage] ?? 0), 0) / 1000;
    bench.say(`warm grade ${seconds.toFixed(1)} s, exercised ${exercised.toFixed(1)} s`);
    ratios.push(seconds / exercised);
  }
  return ratios.sort((a, b) => a - b)[1] as number;
}

/**
 * Eight submissions with one lockfile: the script that a team would write by hand (one after another, each with a fresh
 * `npm ci` and the same checks) over ours. Load is left out on both sides: such a script runs one autocannon, we compare with
 * a reference turn by turn, so their times would say nothing about each other.
 */
export async function batchSpeedup(bench: GradingBench): Promise<number> {
  const byHand = await timed(async () => {
    for (let i = 0; i < BATCH; i++) {
      await freshInstall(join(bench.pack.dir, 'solutions', 'senior'), bench.signal);
      await gradeReference(bench, { withLoad: false });
    }
  });
  bench.say(`${BATCH} by hand, one after another: ${byHand.seconds.toFixed(1)} s`);
  let left = BATCH;
  const ours = await timed(() =>
    Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) await gradeReference(bench, { withLoad: false });
      }),
    ),
  );
  bench.say(`${BATCH} by us: ${ours.seconds.toFixed(1)} s`);
  return byHand.seconds / ours.seconds;
}

let runs = 0;

async function gradeReference(
  { config, pack, grading, signal }: GradingBench,
  { withLoad } = { withLoad: true },
): Promise<RunRecord> {
  const options = { run: `bench-${process.pid}-${++runs}`, candidate: null, withLoad };
  const input = localInput(config, pack, join(pack.dir, 'solutions', 'senior'), options);
  const record = await grade(input, grading.deps, () => undefined, signal);
  if (record.verdict) throw new Error(`the reference was not graded: ${record.verdict.message}`);
  const lost = record.findings.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'notApplicable');
  // Speed that leaves checks unmeasured is none.
  if (lost.length > 0)
    throw new Error(`the reference did not pass ${lost.map(({ checkId }) => checkId).join(', ')}`);
  return record;
}

/** What `npm ci` costs in a new container, which has no cache. */
const freshInstall = (solution: string, cancelSignal: AbortSignal): Promise<void> =>
  inScratch(async (copy) => {
    await cp(solution, copy, { recursive: true, filter: (path) => !path.includes('node_modules') });
    const options = { cwd: copy, cancelSignal };
    await execa('npm', ['ci', '--ignore-scripts', '--cache', join(copy, '.cache')], options);
  });

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1000 };
}
