import type { Performance } from '../../assessments/kit/schema/performance.js';
import type { InstallPlan } from '../../runners/install/types.js';
import type { Prober } from '../../runners/prober/types.js';
import type { Pod } from '../../runners/sandbox/types.js';
import { reasonOf } from '../errors.js';
import type { Checked } from './4-checks.js';
import { compareLoads } from './performance/compare.js';
import { findMeasured, unmeasured } from './performance/findings.js';
import type { Progress } from './progress.js';
import type { GradeDeps, GradeInput } from './types.js';

/** The submission in its pod. */
interface Subject {
  readonly pod: Pod;
  readonly plan: InstallPlan;
  /** Closed before the load, which brings probers of its own. */
  readonly prober: Prober;
}

/** What fails through a fault of ours is tried once more. */
const ATTEMPTS = 2;

type Measured = Pick<Checked, 'findings'> & { readonly performance: Performance | null };

/** Runs the load profiles against the reference; one submission at a time on a host. */
export async function measurePerformance(
  input: GradeInput,
  { pod, plan, prober }: Subject,
  deps: GradeDeps,
  progress: Progress,
  signal: AbortSignal,
): Promise<Measured> {
  const none = (outcome: 'notApplicable' | 'inconclusive', reason: string): Measured => ({
    findings: unmeasured(input.pack, outcome, reason),
    performance: null,
  });
  if (input.pack.loads.length === 0) return none('notApplicable', 'This assessment has no load.');
  if (!input.withLoad) return none('notApplicable', 'Load was left out of this run.');

  const attempt = async (): Promise<Measured> => {
    const performance = await compareLoads(input, { pod, plan }, deps, progress, signal);
    return { findings: findMeasured(input.pack, performance), performance };
  };
  const measure = async (): Promise<Measured> => {
    await prober.close();
    for (let left = ATTEMPTS; ; left--) {
      try {
        return await attempt();
      } catch (error) {
        signal.throwIfAborted();
        const reason = `The platform could not measure under load: ${reasonOf(error)}.`;
        progress.log('performance', reason);
        if (left > 1) continue;
        progress.note('loadNotMeasured', reason);
        return none('inconclusive', reason);
      }
    }
  };
  // The wait for the lane is not part of the stage's time.
  return deps.performanceLane(() => progress.stage('performance', measure), signal);
}
