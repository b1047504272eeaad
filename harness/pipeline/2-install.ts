import type { SubmissionArchive } from '../../assessments/kit/index.js';
import { installDependencies, planInstall, prepareWork } from '../../runners/install/index.js';
import type { InstallPlan, Note, Outcome } from '../../runners/install/types.js';
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
  return progress.stage('install', () =>
    installInto(pod, input, archive, deps, {
      onNote: (note) => progress.note(note.code, note.message),
      onLog: (line) => progress.log('install', line),
      onUsage: progress.used,
      signal,
    }),
  );
}

export interface InstallReports {
  readonly onNote: (note: Note) => void;
  readonly onLog: (line: string) => void;
  readonly onUsage: Parameters<typeof installDependencies>[3]['onUsage'];
  readonly signal: AbortSignal;
}

/** The same for any archive and pod. */
export async function installInto(
  pod: Promise<Pod>,
  { pack, run, attempt }: Pick<GradeInput, 'pack' | 'run' | 'attempt'>,
  archive: SubmissionArchive,
  deps: GradeDeps,
  { onNote, onLog, onUsage, signal }: InstallReports,
): Promise<Outcome<InstallPlan>> {
  const planned = await planInstall(archive);
  if (!planned.ok) return planned;
  const plan = planned.value;
  plan.notes.forEach(onNote);

  const { limits } = pack.spec;
  const seconds = limits.installSeconds;
  const order = { run, attempt, seconds, signal, onLog, onUsage };
  const installed = await installDependencies(plan, archive, deps, order);
  if (!installed.ok) return installed;
  installed.value.notes.forEach(onNote);

  const { memoryMb, cpus, pids, buildSeconds } = limits;
  const options = { memoryMb, cpus, pids, buildSeconds, signal, onLog };
  const prepared = await prepareWork(plan, archive, installed.value, await pod, deps, options);
  return prepared.ok ? planned : prepared;
}
