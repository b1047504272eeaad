import type { SubmissionArchive } from '../../assessments/kit/index.js';
import { installDependencies, planInstall, prepareWork } from '../../runners/install/index.js';
import type { InstallPlan, Outcome } from '../../runners/install/types.js';
import type { Pod } from '../../runners/sandbox/types.js';
import type { Progress } from './progress.js';
import type { GradeDeps, GradeInput } from './types.js';

/** Fetches dependencies, fills the pod's work volume and builds. The pod starts beside the fetching. */
export function install(
  input: GradeInput,
  archive: SubmissionArchive,
  pod: Promise<Pod>,
  deps: GradeDeps,
  progress: Progress,
  signal: AbortSignal,
): Promise<Outcome<InstallPlan>> {
  return progress.stage('install', async () => {
    const planned = await planInstall(archive);
    if (!planned.ok) return planned;
    const plan = planned.value;
    for (const note of plan.notes) progress.note(note.code, note.message);

    const { limits } = input.pack.spec;
    const onLog = (line: string): void => progress.log('install', line);
    const installed = await installDependencies(plan, archive, deps, {
      run: input.run,
      attempt: input.attempt,
      seconds: limits.installSeconds,
      signal,
      onLog,
      onUsage: progress.used,
    });
    if (!installed.ok) return installed;
    for (const note of installed.value.notes) progress.note(note.code, note.message);

    const { memoryMb, cpus, pids, buildSeconds } = limits;
    const prepared = await prepareWork(plan, archive, installed.value, await pod, deps, {
      memoryMb,
      cpus,
      pids,
      buildSeconds,
      signal,
      onLog,
    });
    return prepared.ok ? planned : prepared;
  });
}
