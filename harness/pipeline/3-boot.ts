import { nodeBin } from '../../docker/types.js';
import type { InstallPlan, Outcome } from '../../runners/install/types.js';
import { openProber } from '../../runners/prober/index.js';
import type { Prober } from '../../runners/prober/types.js';
import type { Pod } from '../../runners/sandbox/types.js';
import type { Progress } from './progress.js';
import type { GradeInput, GradeDeps } from './types.js';

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
    const prober = await openIn(input, plan, pod, deps, { folder: '' }, signal);
    const booted = await prober.boot();
    if (!booted.ok) {
      await prober.close();
      return booted;
    }
    for (const note of booted.notes) progress.note(note.code, note.message);
    return { ok: true, value: prober };
  });
}

/** Where the processes of one prober run, and where its service keeps its data (see ProberOptions). */
export interface Place {
  readonly folder: string;
  readonly serviceCores?: string;
  readonly proberCores?: string;
}

/** The service itself is not started yet. */
export function openIn(
  { pack, seed }: Pick<GradeInput, 'pack' | 'seed'>,
  plan: InstallPlan,
  pod: Pod,
  { images }: Pick<GradeDeps, 'images'>,
  { folder, serviceCores, proberCores }: Place,
  signal: AbortSignal,
): Promise<Prober> {
  const { memoryMb, cpus, pids, logKb } = pack.spec.limits;
  return openProber({
    pod,
    pack,
    image: images.prober,
    seed,
    signal,
    folder,
    ...(proberCores !== undefined && { cpuset: proberCores }),
    service: {
      image: images.sandbox,
      start: plan.start,
      workdir: plan.root === '' ? '/work' : `/work/${plan.root}`,
      path: `${nodeBin(plan.nodeMajor)}:/usr/local/bin:/usr/bin:/bin`,
      limits: { memoryMb, cpus, pids, logKb },
      ...(serviceCores !== undefined && { cpuset: serviceCores }),
    },
  });
}
