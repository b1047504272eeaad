import { SandboxError, type ContainerSpec, type EngineFacts, type VolumeSpec } from './types.js';

/** What a pod may take of the host at most. */
export interface PodNeeds {
  readonly memoryMb: number;
  readonly cpus: number;
}

/** Waits for room; answers with the release, which may be called more than once. */
export type Admit = (needs: PodNeeds, signal: AbortSignal) => Promise<() => void>;

interface Waiting {
  readonly needs: PodNeeds;
  readonly enter: () => void;
}

/** A share of the host is left to the engine, the worker and the kernel. */
const MEMORY_SHARE = 0.8;

/** What pods together may take of the engine's host. */
export const hostCapacity = ({ memoryMb, cpus }: Pick<EngineFacts, 'memoryMb' | 'cpus'>): PodNeeds => ({
  memoryMb: Math.floor(memoryMb * MEMORY_SHARE),
  cpus,
});

/** The most a pod can take: files in its volumes are held in memory too, and outlive the container that wrote them. */
export function podNeeds(
  volumes: Readonly<Record<string, Pick<VolumeSpec, 'sizeMb'>>>,
  containers: readonly Pick<ContainerSpec, 'memoryMb' | 'cpus'>[],
): PodNeeds {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    memoryMb:
      sum(Object.values(volumes).map(({ sizeMb }) => sizeMb)) +
      sum(containers.map(({ memoryMb }) => memoryMb)),
    cpus: sum(containers.map(({ cpus }) => cpus)),
  };
}

/**
 * First come, first served, so that a large pod is not passed by for ever. Rejects with the signal's reason, or with a
 * `SandboxError` for a pod that this host can never hold.
 */
export function admission(capacity: PodNeeds): Admit {
  let free = capacity;
  const queue: Waiting[] = [];
  const add = (sign: 1 | -1, needs: PodNeeds): void => {
    free = { memoryMb: free.memoryMb + sign * needs.memoryMb, cpus: free.cpus + sign * needs.cpus };
  };
  const letIn = (): void => {
    for (let next = queue[0]; next && fits(next.needs, free); next = queue[0]) {
      queue.shift();
      add(-1, next.needs);
      next.enter();
    }
  };
  const releaseOnce = (needs: PodNeeds): (() => void) => {
    let held = true;
    return () => {
      if (held) add(1, needs);
      held = false;
      letIn();
    };
  };

  return (needs, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (!fits(needs, capacity)) return reject(tooLarge(needs, capacity));
      const leave = (): void => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(signal.reason);
        letIn();
      };
      const waiting: Waiting = {
        needs,
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve(releaseOnce(needs));
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(waiting);
      letIn();
    });
}

/** A little more than all processors is all of them: fractions do not add up exactly. */
const fits = (needs: PodNeeds, room: PodNeeds): boolean =>
  needs.memoryMb <= room.memoryMb && needs.cpus <= room.cpus + 1e-6;

const tooLarge = (needs: PodNeeds, capacity: PodNeeds): SandboxError =>
  new SandboxError(
    'internal',
    `A pod of this assessment needs ${needs.memoryMb} MiB and ${needs.cpus} processors, and this host gives pods ` +
      `${capacity.memoryMb} MiB and ${capacity.cpus}: lower the assessment's limits, or use a larger worker.`,
  );
