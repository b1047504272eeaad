import type { Host } from './host.js';
import { isExpired, LABEL, type Labels } from './identity/labels.js';
import type { Swept } from './types.js';

/**
 * Removes what was left behind. `expired`: of any owner, what is past its deadline or whose process has ended. `all`: whatever
 * this owner has, in use or not. Caches stay.
 */
export async function sweep(host: Host, scope: 'expired' | 'all'): Promise<Swept> {
  const { docker } = host.engine;
  const now = Date.now();
  const due = (labels: Labels | undefined): boolean =>
    labels !== undefined && (scope === 'all' || isExpired(labels, now));
  const filters = {
    label: [LABEL.pod, scope === 'all' ? `${LABEL.owner}=${host.options.owner}` : LABEL.owner],
  };

  const containers = await host.engine.call('list containers', (abortSignal) =>
    docker.listContainers({ all: true, filters, abortSignal }),
  );
  const removedContainers = await removeAll(
    containers.filter(({ Labels }) => due(Labels)).map(({ Id }) => Id),
    (id) => host.engine.removeContainer(id),
  );

  const { Volumes: volumes } = await host.engine.call('list volumes', (abortSignal) =>
    docker.listVolumes({ filters, abortSignal }),
  );
  const removedVolumes = await removeAll(
    (volumes ?? []).filter(({ Labels }) => due(Labels)).map(({ Name }) => Name),
    (name) => host.engine.removeVolume(name),
  );
  return { containers: removedContainers, volumes: removedVolumes };
}

/** Removes a few at a time, so that a sweep after a crash does not choke the engine; throws after having tried all. */
async function removeAll(
  names: readonly string[],
  remove: (name: string) => Promise<boolean>,
): Promise<number> {
  const queue = [...names];
  const failures: unknown[] = [];
  let removed = 0;
  const worker = async (): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      try {
        if (await remove(name)) removed++;
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  if (failures.length > 0) throw failures[0];
  return removed;
}
