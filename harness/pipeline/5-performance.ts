import type { LoadResult, Performance } from '../../assessments/kit/schema/performance.js';
import type { Prober } from '../../runners/prober/types.js';
import { runChecks, type Checked } from './4-checks.js';
import type { EmitRunEvent } from './events.js';
import type { Progress } from './progress.js';
import type { GradeDeps, GradeInput } from './types.js';

const METHOD =
  'Each load profile ran once, alone on this machine, from a process that shares nothing with the service but the loopback ' +
  'interface. CPU time per request is read from outside the service; it depends on the machine less than requests a second do.';

/** Runs the checks of performance and the load profiles, one submission at a time on a host. */
export function measurePerformance(
  input: GradeInput,
  prober: Prober,
  deps: GradeDeps,
  progress: Progress,
  emit: EmitRunEvent,
  signal: AbortSignal,
): Promise<Checked & { performance: Performance | null }> {
  const measure = async (): Promise<Checked & { performance: Performance | null }> => {
    const checked = await runChecks('performance', input, prober, progress, emit);
    const profiles = input.withLoad ? input.pack.loads : [];
    const loads: LoadResult[] = [];
    for (const { profile, title, seconds, connections, file } of profiles) {
      signal.throwIfAborted();
      progress.log('performance', title);
      loads.push(await prober.load({ profile, title, seconds, connections, file }));
    }
    return { ...checked, performance: loads.length === 0 ? null : { loads, method: METHOD } };
  };
  // The wait for the lane is not part of the stage's time.
  return deps.performanceLane(() => progress.stage('performance', measure), signal);
}
