import type { SubmissionArchive } from '../../../assessments/kit/index.js';
import type { InstallPlan } from '../../../runners/install/types.js';
import type { Prober } from '../../../runners/prober/types.js';
import type { Pod } from '../../../runners/sandbox/types.js';
import { openIn } from '../3-boot.js';
import { installInto } from '../2-install.js';
import { startPod } from '../pod.js';
import type { GradeDeps, GradeInput } from '../types.js';
import type { Cores } from './cores.js';

/** A solution in its pod, ready to be started. */
export interface Prepared {
  readonly pod: Pod;
  readonly plan: InstallPlan;
}

/**
 * The reference in a pod of its own, which is not counted against the host's room: the lane lets one in at a time, and what it
 * takes is known to be little. The caller disposes of the pod.
 * @throws Error when the pack's reference cannot be read or installed: never the candidate's doing
 */
export async function prepareReference(
  input: GradeInput,
  deps: GradeDeps,
  signal: AbortSignal,
): Promise<Prepared> {
  return prepare(await deps.reference(input.pack, signal), input, deps, signal);
}

/** The same for any solution of ours. */
export async function prepare(
  archive: SubmissionArchive,
  input: Pick<GradeInput, 'pack' | 'run' | 'attempt'>,
  deps: GradeDeps,
  signal: AbortSignal,
): Promise<Prepared> {
  const pod = startPod(input, deps);
  try {
    const nothing = (): void => undefined;
    const reports = { onNote: nothing, onLog: nothing, onUsage: nothing, signal };
    const plan = await installInto(pod, input, archive, deps, reports);
    if (!plan.ok) throw new Error(`the reference solution cannot be installed: ${plan.verdict.message}`);
    return { pod: await pod, plan: plan.value };
  } catch (error) {
    await pod.then(
      (started) => started.dispose(),
      () => undefined,
    );
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
