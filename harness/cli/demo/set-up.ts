import { ensureCommand } from '../../../docker/commands.js';
import type { Engine } from '../../../docker/engine/index.js';
import { ensureEngine } from '../../../docker/engine/index.js';
import { ensureImages } from '../../../docker/images.js';
import { dockerImageStore } from '../../../runners/sandbox/imageStore.js';
import type { Config } from '../../config.js';

/** Installs, starts and builds what is missing on this machine, in the foreground, since it may take minutes. */
export async function setUp(
  config: Pick<Config, 'stateDir' | 'redisUrl'>,
  say: (line: string) => void,
): Promise<Engine> {
  const setup = { stateDir: config.stateDir, say };
  if (config.redisUrl === undefined) await ensureCommand('redis-server', 'redis-server', setup);
  const engine = await ensureEngine(setup);
  try {
    await ensureImages(dockerImageStore({ dockerHost: engine.host }), setup);
    return engine;
  } catch (error) {
    await engine.stop();
    throw error;
  }
}
