import type { Performance } from '../../assessments/kit/schema/performance.js';
import type { InstallPlan } from '../../runners/install/types.js';
import type { Prober } from '../../runners/prober/types.js';
import type { Pod } from '../../runners/sandbox/types.js';
import { runChecks, type Checked } from './4-checks.js';
import type { EmitRunEvent } from './events.js';
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

type Measured = Checked & { readonly performance: Performance | null };

/** Runs the checks of performance, then the load profiles against the reference; one submission at a time on a host. */
export function measurePerformance(
  input: GradeInput,
  { pod, plan, prober }: Subject,
  deps: GradeDeps,
  progress: Progress,
  emit: EmitRunEvent,
  signal: AbortSignal,
): Promise<Measured> {
  const measure = async (): Promise<Measured> => {
    const checked = await runChecks('performance', input, prober, progress, emit);
    if (!input.withLoad || input.pack.loads.length === 0) {
      const reason = 'Load was left out of this run.';
      return {
        ...checked,
        findings: [...checked.findings, ...unmeasured(input.pack, 'notApplicable', reason)],
        performance: null,
      };
    }
    await prober.close();
    try {
      const performance = await compareLoads(input, { pod, plan }, deps, progress, signal);
      return {
        ...checked,
        findings: [...checked.findings, ...findMeasured(input.pack, performance)],
        performance,
      };
    } catch (error) {
      signal.throwIfAborted();
      const reason = `The platform could not measure under load: ${error instanceof Error ? error.message : String(error)}.`;
      progress.note('loadNotMeasured', reason);
      return {
        ...checked,
        findings: [...checked.findings, ...unmeasured(input.pack, 'error', reason)],
        performance: null,
      };
    }
  };
  // The wait for the lane is not part of the stage's time.
  return deps.performanceLane(() => progress.stage('performance', measure), signal);
}
