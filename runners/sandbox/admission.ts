import { SandboxError, type ContainerSpec, type EngineFacts, type VolumeSpec } from './types.js';

/** What a pod may take of the host at most. */
export interface PodNeeds {
  readonly memoryMb: number;
  readonly cpus: number;
}

/** What one pod holds of the host. */
export interface Room {
  /** It takes no more than its usual needs from now on. */
  settle(): void;
  /** May be called more than once. */
  release(): void;
}

/**
 * Waits for room. `atFirstMb` is memory that is taken until `settle`, above the usual needs: a host that never has as much lets
 * such a pod in when it is alone. `atOnce`: for a pod that another one waits for, which would never give its room to it; it is let
 * in without waiting, and keeps others out until there is room again.
 */
export type Admit = (
  needs: PodNeeds & { readonly atFirstMb?: number; readonly atOnce?: boolean },
  signal: AbortSignal,
) => Promise<Room>;

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
  const roomOf = (held: PodNeeds, usual: PodNeeds): Room => {
    const keep = (needs: PodNeeds): void => {
      add(1, held);
      add(-1, needs);
      held = needs;
      letIn();
    };
    let released = false;
    return {
      settle: () => (released ? undefined : keep(usual)),
      release() {
        released = true;
        keep(NOTHING);
      },
    };
  };

  return ({ atFirstMb = 0, atOnce = false, ...usual }, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (!fits(usual, capacity)) return reject(tooLarge(usual, capacity));
      const memoryMb = Math.min(usual.memoryMb + atFirstMb, Math.max(usual.memoryMb, capacity.memoryMb));
      const needs = { ...usual, memoryMb };
      if (atOnce) {
        add(-1, needs);
        return resolve(roomOf(needs, usual));
      }
      const leave = (): void => {
        queue.splice(queue.indexOf(waiting), 1);
        reject(signal.reason);
        letIn();
      };
      const waiting: Waiting = {
        needs,
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve(roomOf(needs, usual));
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.push(waiting);
      letIn();
    });
}

const NOTHING: PodNeeds = { memoryMb: 0, cpus: 0 };

/** A little more than all processors is all of them: fractions do not add up exactly. */
const fits = (needs: PodNeeds, room: PodNeeds): boolean =>
  needs.memoryMb <= room.memoryMb && needs.cpus <= room.cpus + 1e-6;

const tooLarge = (needs: PodNeeds, capacity: PodNeeds): SandboxError =>
  new SandboxError(
    'internal',
    `A pod of this assessment needs ${needs.memoryMb} MiB and ${needs.cpus} processors, and this host gives pods ` +
      `${capacity.memoryMb} MiB and ${capacity.cpus}: lower the assessment's limits, or use a larger worker.`,
  );
