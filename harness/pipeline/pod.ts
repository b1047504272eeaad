import { DIMENSIONS, type Pack } from '../../assessments/kit/index.js';
import { INSTALLING_MB } from '../../runners/install/index.js';
import { MOST_STRETCH } from '../../runners/sandbox/counted-time.js';
import type { Pod } from '../../runners/sandbox/types.js';
import type { Progress } from './progress.js';
import type { GradeDeps, GradeInput } from './types.js';

/** What the prober, the pause process and a relay need beside the candidate's own limits, MiB. */
const OVERHEAD_MB = 512;
/** Beyond its deadline a pod of a dead worker may be swept. */
const SPARE_SECONDS = 600;

/**
 * Waits until the host can hold the pod and the one that installs for it, starts it, and removes it whatever happens. `work`
 * gets the promise, so that it can fetch dependencies while the pod starts, and tells when these are there.
 */
export async function withPod<T>(
  input: GradeInput,
  deps: GradeDeps,
  progress: Progress,
  signal: AbortSignal,
  work: (pod: Promise<Pod>, installed: () => void) => Promise<T>,
): Promise<T> {
  const room = await deps.admit(needsOf(input.pack), signal);
  try {
    const pod = startPod(input, deps);
    try {
      return await work(pod, () => room.settle());
    } finally {
      await pod.then(
        async (started) => {
          await started.dispose();
          progress.used(started.usage());
        },
        () => undefined,
      );
    }
  } finally {
    room.release();
  }
}

/** What a pod of this pack takes of the host. */
export const needsOf = ({ spec: { limits } }: Pack) => ({
  memoryMb: limits.memoryMb + limits.workMb + limits.dataMb + OVERHEAD_MB,
  cpus: limits.cpus,
  atFirstMb: Math.max(0, INSTALLING_MB - limits.memoryMb),
});

/** The caller disposes of it. */
export function startPod(
  input: Pick<GradeInput, 'pack' | 'run' | 'attempt'>,
  deps: Pick<GradeDeps, 'sandbox'>,
): Promise<Pod> {
  const { limits } = input.pack.spec;
  const pod = deps.sandbox.createPod({
    run: input.run,
    attempt: input.attempt,
    ttlSeconds:
      (limits.installSeconds + limits.buildSeconds + limits.bootSeconds + limits.checksSeconds) *
        MOST_STRETCH +
      limits.checksSeconds * DIMENSIONS.length +
      SPARE_SECONDS,
    volumes: {
      work: { sizeMb: limits.workMb, inodes: INODES_PER_MB * limits.workMb, owner: 'service' },
      data: { sizeMb: limits.dataMb, inodes: INODES_PER_MB * limits.dataMb, owner: 'service' },
    },
  });
  pod.catch(() => undefined);
  return pod;
}

/** node_modules are many small files: 4 KiB each on average is the worst seen. */
const INODES_PER_MB = 256;
