import { randomBytes } from 'node:crypto';
import type { DeclaredLoad, Measure, SubmissionArchive } from '../../assessments/kit/index.js';
import type { LoadResult } from '../../assessments/kit/schema/performance.js';
import { measureProfile } from '../../runners/performance/index.js';
import type { Prober } from '../../runners/prober/types.js';
import { localInput } from '../local.js';
import { enter, prepare, type Prepared } from '../pipeline/performance/contest.js';
import { coresOf } from '../pipeline/performance/cores.js';
import type { GradingBench } from './grading.js';

/** One of its own for each use, so that nothing gathers on it. */
const never = (): AbortSignal => new AbortController().signal;

/** Pods side by side, and the measurement of one against another by the pack's first load profile. */
export async function openArena(
  { config, pack, grading: { deps }, say }: GradingBench,
  measures: readonly Measure[],
) {
  const cores = coresOf(await deps.sandbox.describe());
  const opened: { prepared: Prepared; prober: Prober }[] = [];
  const [profile] = pack.loads;
  if (!profile) throw new Error('the pack has no load profile');
  const only: DeclaredLoad = { ...profile, measures };
  return {
    async enter(dir: string): Promise<Prober> {
      const options = { run: `bench-${randomBytes(3).toString('hex')}`, candidate: null, withLoad: true };
      const input = localInput(config, pack, dir, options);
      const prepared = await prepare(await archiveOf(input), input, deps, never());
      const prober = await enter(prepared, { pack, seed: 'bench' }, deps, cores, never());
      opened.push({ prepared, prober });
      return prober;
    },
    compare(candidate: Prober, reference: Prober): Promise<LoadResult> {
      const sides = { candidate: candidate.side(only), reference: reference.side(only) };
      const seed = randomBytes(4).toString('hex');
      const options = { seed, signal: never(), say };
      return deps.performanceLane(() => measureProfile(only, sides, options), never());
    },
    async close() {
      for (const { prepared, prober } of opened) {
        await prober.close();
        await prepared.pod.dispose();
      }
    },
  };
}

async function archiveOf({ takeIn }: ReturnType<typeof localInput>): Promise<SubmissionArchive> {
  const taken = await takeIn(never());
  if (taken.ok) return taken.value;
  throw new Error(taken.verdict.message);
}
