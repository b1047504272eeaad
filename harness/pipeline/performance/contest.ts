import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import type { InstallPlan } from '../../../runners/install/types.js';
import type { Prober } from '../../../runners/prober/types.js';
import type { Pod } from '../../../runners/sandbox/types.js';
import { openIn } from '../3-boot.js';
import { installInto } from '../2-install.js';
import { needsOf, startPod } from '../pod.js';
import type { GradeDeps, GradeInput } from '../types.js';
import type { Cores } from './cores.js';

/** A solution in its pod, ready to be started. */
export interface Prepared {
  readonly pod: Pod;
  readonly plan: InstallPlan;
}

/** A solution of ours, in a pod that was started for the contest alone. */
export interface Guest extends Prepared {
  leave(): Promise<void>;
}

/**
 * The reference in a pod of its own. It does not wait for room on the host, since the submission that waits for it holds some; the
 * lane lets one in at a time.
 * @throws Error when the pack's reference cannot be read or installed: never the candidate's doing
 */
export async function prepareReference(
  input: GradeInput,
  deps: GradeDeps,
  signal: AbortSignal,
): Promise<Guest> {
  return prepare(await deps.reference(input.pack, signal), input, deps, signal);
}

/** The same for any solution of ours. */
export async function prepare(
  archive: SubmissionArchive,
  input: Pick<GradeInput, 'pack' | 'run' | 'attempt'>,
  deps: GradeDeps,
  signal: AbortSignal,
): Promise<Guest> {
  const room = await deps.admit({ ...needsOf(input.pack), atOnce: true }, signal);
  const pod = startPod(input, deps);
  const leave = async (): Promise<void> => {
    await pod.then(
      (started) => started.dispose(),
      () => undefined,
    );
    room.release();
  };
  try {
    const nothing = (): void => undefined;
    const reports = { onNote: nothing, onLog: nothing, onUsage: nothing, signal };
    const plan = await installInto(pod, input, archive, deps, reports);
    if (!plan.ok) throw new Error(`the reference solution cannot be installed: ${plan.verdict.message}`);
    room.settle();
    return { pod: await pod, plan: plan.value, leave };
  } catch (error) {
    await leave();
    throw error;
  }
}

/** Opens a prober on its cores; the measurement starts the service. */
export const enter = (
  { pod, plan }: Prepared,
  input: Pick<GradeInput, 'pack' | 'seed'>,
  deps: GradeDeps,
  cores: Cores,
  signal: AbortSignal,
): Promise<Prober> => openIn(input, plan, pod, deps, { folder: 'load-', ...cores }, signal);
