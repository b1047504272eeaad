import { nodeBin } from '../../docker/types.js';
import type { InstallPlan, Outcome } from '../../runners/install/types.js';
import { openProber } from '../../runners/prober/index.js';
import type { Prober } from '../../runners/prober/types.js';
import type { Pod } from '../../runners/sandbox/types.js';
import type { Progress } from './progress.js';
import type { GradeDeps, GradeInput } from './types.js';

/** Starts the prober, then the service, and finds where it listens. */
export function boot(
  input: GradeInput,
  plan: InstallPlan,
  pod: Pod,
  deps: GradeDeps,
  progress: Progress,
  signal: AbortSignal,
): Promise<Outcome<Prober>> {
  return progress.stage('boot', async () => {
    const { limits } = input.pack.spec;
    const prober = await openProber({
      pod,
      pack: input.pack,
      image: deps.images.prober,
      seed: input.seed,
      signal,
      service: {
        image: deps.images.sandbox,
        start: plan.start,
        workdir: plan.root === '' ? '/work' : `/work/${plan.root}`,
        path: `${nodeBin(plan.nodeMajor)}:/usr/local/bin:/usr/bin:/bin`,
        limits: { memoryMb: limits.memoryMb, cpus: limits.cpus, pids: limits.pids, logKb: limits.logKb },
      },
    });
    const booted = await prober.boot();
    if (booted.ok) {
      for (const note of booted.notes) progress.note(note.code, note.message);
      return { ok: true, value: prober };
    }
    await prober.close();
    return booted;
  });
}
