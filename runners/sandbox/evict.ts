import { isConflict } from './engine/errors.js';
import type { Engine } from './engine/engine.js';
import type { Host } from './host.js';
import { LABEL } from './identity/labels.js';

/** What caches may take of the engine's disk, and how old they may get; however little is left, none younger is removed. */
export interface CacheLimits {
  readonly mostMb: number;
  readonly mostDays: number;
  readonly leastHours: number;
}

/** A cache of this owner. */
export interface CacheFacts {
  readonly name: string;
  readonly bytes: number;
  readonly madeAt: number;
}

/** The part of the engine's account of its disk that we read. */
interface Disk {
  readonly Volumes: readonly {
    readonly Name: string;
    readonly CreatedAt?: string;
    readonly Labels: Readonly<Record<string, string>> | null;
    readonly UsageData: { readonly Size: number } | null;
  }[];
}

/**
 * Removes this owner's caches that are too old, then the oldest until the others take no more than they may. What is in use stays: the engine
 * removes no volume that a container has. One that a run was just about to use is filled anew by its next try.
 * @returns the names that are gone
 */
export async function evictCaches(host: Host, limits: CacheLimits): Promise<string[]> {
  const { engine } = host;
  const docker = engine.docker as unknown as { df(options: { abortSignal: AbortSignal }): Promise<Disk> };
  const disk = await engine.call('tell what its disk holds', (abortSignal) => docker.df({ abortSignal }));
  const ours = disk.Volumes.filter(
    ({ Labels }) => Labels?.[LABEL.cache] !== undefined && Labels[LABEL.owner] === host.options.owner,
  );
  const caches = ours.map((volume) => ({
    name: volume.Name,
    bytes: Math.max(0, volume.UsageData?.Size ?? 0),
    madeAt: Date.parse(volume.CreatedAt ?? ''),
  }));
  const gone: string[] = [];
  for (const { name } of surplus(caches, limits, Date.now()))
    if (await removeUnused(engine, name)) gone.push(name);
  return gone;
}

const HOUR_MS = 3_600_000;

/** Those that have to go, the oldest first. One of unknown age counts as new. Pure. */
export function surplus(caches: readonly CacheFacts[], limits: CacheLimits, now: number): CacheFacts[] {
  const age = ({ madeAt }: CacheFacts): number => (Number.isNaN(madeAt) ? 0 : now - madeAt);
  let bytes = caches.reduce((sum, cache) => sum + cache.bytes, 0);
  return caches
    .toSorted((a, b) => age(b) - age(a))
    .filter((cache) => {
      const tooOld = age(cache) > limits.mostDays * 24 * HOUR_MS;
      const tooMuch = bytes > limits.mostMb * 2 ** 20 && age(cache) > limits.leastHours * HOUR_MS;
      if (tooOld || tooMuch) bytes -= cache.bytes;
      return tooOld || tooMuch;
    });
}

/** False: a container has it. Unlike at a pod's end nobody waits for that. */
async function removeUnused(engine: Engine, name: string): Promise<boolean> {
  try {
    await engine.ifThere('remove a volume', (abortSignal) =>
      engine.docker.getVolume(name).remove({ abortSignal }),
    );
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}
