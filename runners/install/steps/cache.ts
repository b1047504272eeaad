import { createHash } from 'node:crypto';
import type { CacheVolume, Sandbox } from '../../sandbox/types.js';
import type { InstallDeps, InstallPlan, Installed, Outcome } from '../types.js';

type Filling = Promise<Outcome<Installed>>;

/** Caches that this process has filled or seen filled, and those it is filling now, by the container layer they are in. */
const known = new WeakMap<Sandbox, Map<string, Filling>>();

/** Dependencies installed for other libraries or another Node build are not the same, so the image is part of the name. */
export function cacheName(plan: InstallPlan, deps: InstallDeps): string {
  const image = createHash('sha256').update(deps.images.sandbox).digest('hex').slice(0, 8);
  return `deps-${plan.cacheKey.slice(0, 40)}-${image}`;
}

/**
 * Has a cache filled at most once at a time in this process. Whoever comes while it is being filled waits for that; if it
 * comes to nothing because of its own run or of us, the next one tries. Between processes the volume itself decides.
 */
export async function sharedFilling(
  sandbox: Sandbox,
  name: string,
  fill: () => Filling,
): Promise<Outcome<Installed>> {
  const caches = known.get(sandbox) ?? new Map<string, Filling>();
  known.set(sandbox, caches);
  for (let filling = caches.get(name); filling !== undefined; filling = caches.get(name)) {
    const outcome = await filling.catch(() => null);
    if (outcome?.ok) return { ok: true, value: { ...outcome.value, fromCache: true } };
    if (outcome !== null) return outcome;
    if (caches.get(name) === filling) caches.delete(name);
  }
  const filling = fill();
  caches.set(name, filling);
  try {
    const outcome = await filling;
    if (!outcome.ok) caches.delete(name);
    return outcome;
  } catch (error) {
    caches.delete(name);
    throw error;
  }
}

/** Forgets a cache whose volume turned out to be empty. */
export function forgetCache(sandbox: Sandbox, cache: CacheVolume): void {
  const caches = known.get(sandbox);
  for (const [name] of caches ?? []) if (cache.name.endsWith(name)) caches?.delete(name);
}
