import { access, constants, mkdir } from 'node:fs/promises';
import { SETTINGS, type Config } from '../config.js';
import { AssayerError, reasonOf } from '../errors.js';
import { embeddedPostgres } from './postgres.js';
import { embeddedRedis } from './redis.js';

/** The database and the queue, wherever they are. */
export interface Services {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Ends what this process started. */
  close(): Promise<void>;
}

/**
 * Those of the settings; else the embedded ones of the state folder, which several processes share.
 * `start` starts them when they do not run, and ends them at the end; without it they have to run.
 */
export async function openServices(
  config: Pick<Config, 'stateDir' | 'databaseUrl' | 'redisUrl'>,
  { start }: { start: boolean },
): Promise<Services> {
  // Others may pass through: the database's own user has to. What is in there keeps its own, closed modes.
  if (start) await makeFolder(config.stateDir);
  const opened = await Promise.allSettled([database(config, start), queue(config, start)]);
  const [postgres, redis] = opened;
  if (postgres.status === 'fulfilled' && redis.status === 'fulfilled') {
    return {
      databaseUrl: postgres.value.url,
      redisUrl: redis.value.url,
      close: async () => void (await Promise.all([postgres.value.stop(), redis.value.stop()])),
    };
  }
  for (const one of opened) if (one.status === 'fulfilled') await one.value.stop();
  throw opened.find((one) => one.status === 'rejected')?.reason;
}

async function makeFolder(stateDir: string): Promise<void> {
  try {
    await mkdir(stateDir, { recursive: true, mode: 0o711 });
    await access(stateDir, constants.W_OK);
  } catch (error) {
    const { env: name, meaning } = SETTINGS.stateDir;
    const problem = `names a folder that cannot be written: ${reasonOf(error)}.`;
    throw new AssayerError('settingInvalid', { name, problem, meaning }, { cause: error });
  }
}

interface Service {
  readonly url: string;
  stop(): Promise<void>;
}

type Where = Pick<Config, 'stateDir' | 'databaseUrl' | 'redisUrl'>;

async function database({ stateDir, databaseUrl }: Where, start: boolean): Promise<Service> {
  if (databaseUrl) return elsewhere(databaseUrl);
  return found(await embeddedPostgres(stateDir, start), 'PostgreSQL', 'DATABASE_URL', stateDir);
}

async function queue({ stateDir, redisUrl }: Where, start: boolean): Promise<Service> {
  if (redisUrl) return elsewhere(redisUrl);
  return found(await embeddedRedis(stateDir, start), 'Redis', 'REDIS_URL', stateDir);
}

const elsewhere = (url: string): Service => ({ url, stop: async () => undefined });

function found(service: Service | null, name: string, setting: string, dir: string): Service {
  if (!service) throw new AssayerError('embeddedMissing', { name, dir, setting });
  return service;
}
