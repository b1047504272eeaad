import type { Host } from './host.js';
import { LABEL } from './identity/labels.js';
import type { CacheVolume } from './types.js';

/** Makes the volume unless it is there. `name` may hold letters, digits, `-`, `_` and `.`. */
export async function cacheVolume(host: Host, name: string): Promise<CacheVolume> {
  const { engine } = host;
  const engineName = `assayer-cache-${name}`;
  await engine.call('create a volume', (abortSignal) =>
    engine.docker.createVolume({
      Name: engineName,
      Labels: { [LABEL.owner]: host.options.owner, [LABEL.cache]: name },
      abortSignal,
    }),
  );
  return {
    name: engineName,
    remove: async () => void (await engine.removeVolume(engineName)),
  };
}
