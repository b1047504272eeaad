import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { PreflightResult } from '../runners/sandbox/preflight/index.js';
import type { Config } from './config.js';
import { openServices, type Services } from './embedded/index.js';
import { pingRedis } from './embedded/redis.js';
import { AssayerError, reasonOf, type ErrorCode } from './errors.js';
import { openStore, storeFault } from './store/database.js';
import { requireSchema } from './store/migrate.js';
import { whyUnreachable } from './unreachable.js';

/** What passes by itself once the server, the database and Redis are up: whoever starts all of them at once need not order them. */
const PASSES: Partial<Record<ErrorCode, string>> = {
  embeddedMissing: 'waits for the server of this state folder, which runs PostgreSQL and Redis',
  storeUnavailable: 'waits for the database to answer',
  schemaBehind: 'waits for the server to make the tables',
  queueUnavailable: 'waits for Redis to answer',
};

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;
/** What Redis says to a wrong password or user, or to none. */
const TURNED_AWAY = /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password)/;

/**
 * The database with the tables of this program, and the queue, as soon as both are there; says once for what it waits.
 * Null when it is told to stop meanwhile.
 * @throws AssayerError schemaNewer, storeRefused or queueRefused, which waiting does not mend
 */
export async function awaitServer(
  config: Pick<Config, 'stateDir' | 'databaseUrl' | 'redisUrl'>,
  log: Logger,
  signal: AbortSignal,
): Promise<Services | null> {
  let said: ErrorCode | null = null;
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      const services = await openServices(config, { start: false });
      await askStore(services.databaseUrl);
      await askQueue(services.redisUrl);
      return services;
    } catch (error) {
      if (!(error instanceof AssayerError)) throw error;
      const { code, message }: AssayerError = error;
      const what = PASSES[code];
      if (what === undefined) throw error;
      if (code !== said) log.warn({ reason: message }, what);
      said = code;
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}

/** Whether database and queue of the settings would let a worker begin; embedded ones are the server's own business. */
export async function askServices({
  databaseUrl,
  redisUrl,
}: Pick<Config, 'databaseUrl' | 'redisUrl'>): Promise<readonly PreflightResult[]> {
  const ask = async (id: string, title: string, question: Promise<void>): Promise<PreflightResult> =>
    question.then(
      () => ({ id, title, holds: true, detail: 'as it should' }),
      (error: unknown) => ({ id, title, holds: false, detail: reasonOf(error) }),
    );
  return Promise.all([
    ...(databaseUrl
      ? [ask('database', 'The database answers, with the tables of this version', askStore(databaseUrl))]
      : []),
    ...(redisUrl ? [ask('queue', 'Redis answers', askQueue(redisUrl))] : []),
  ]);
}

async function askStore(url: string): Promise<void> {
  const store = openStore({ url, connections: 1 });
  try {
    await requireSchema(store);
  } catch (error) {
    if (error instanceof AssayerError) throw error;
    throw (
      storeFault(error) ?? new AssayerError('storeRefused', { reason: reasonOf(error) }, { cause: error })
    );
  } finally {
    await store.destroy();
  }
}

async function askQueue(url: string): Promise<void> {
  try {
    await pingRedis(url);
  } catch (error) {
    const code = TURNED_AWAY.test(reasonOf(error)) ? 'queueRefused' : 'queueUnavailable';
    throw new AssayerError(code, { reason: whyUnreachable('REDIS_URL', error) }, { cause: error });
  }
}
