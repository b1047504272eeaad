import { atMost, settle } from './concurrency.js';
import type { Host } from './host.js';
import { isExpired, LABEL, type Labels } from './identity/labels.js';
import type { Swept } from './types.js';

/** Removals under way at once, so that a sweep after a crash does not choke the engine. */
const LANES = 4;

/**
 * Removes what was left behind. `expired`: of any owner, what is past its deadline or whose process has ended. `all`: whatever
 * this owner has, in use or not. Caches stay. Throws the first failure after having tried all.
 */
export async function sweep(host: Host, scope: 'expired' | 'all'): Promise<Swept> {
  const { docker } = host.engine;
  const now = Date.now();
  const due = (labels: Labels | undefined): boolean =>
    labels !== undefined && (scope === 'all' || isExpired(labels, now));
  const owner = scope === 'all' ? `${LABEL.owner}=${host.options.owner}` : LABEL.owner;
  const filters = { label: [LABEL.pod, owner] };

  const all = await host.engine.call('list containers', (abortSignal) =>
    docker.listContainers({ all: true, filters, abortSignal }),
  );
  const containers = all.filter(({ Labels }) => due(Labels)).map(({ Id }) => Id);
  const removed = await removeAll(containers, (id) => host.engine.removeContainer(id));

  const { Volumes } = await host.engine.call('list volumes', (abortSignal) =>
    docker.listVolumes({ filters, abortSignal }),
  );
  const volumes = (Volumes ?? []).filter(({ Labels }) => due(Labels)).map(({ Name }) => Name);
  return { containers: removed, volumes: await removeAll(volumes, (name) => host.engine.removeVolume(name)) };
}

/** How many are gone. */
async function removeAll(
  names: readonly string[],
  remove: (name: string) => Promise<boolean>,
): Promise<number> {
  const lane = atMost(LANES);
  const removals = names.map((name) => lane(() => remove(name)));
  await settle(removals);
  return (await Promise.all(removals)).filter(Boolean).length;
}
