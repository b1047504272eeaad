import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { setUpKey } from './accounts/joining.js';
import { openProvider } from './accounts/oidc.js';
import { announce } from './announce.js';
import { createApp } from './api/app.js';
import { openMetrics } from './api/metrics.js';
import type { Listening } from './api/listen.js';
import { listen } from './api/listen.js';
import { prepareUploads } from './api/upload.js';
import { openCatalogue } from './catalogue.js';
import type { Config } from './config.js';
import { openServices } from './embedded/index.js';
import { AssayerError, reasonOf } from './errors.js';
import { startCourier } from './hooks/courier.js';
import { isFull } from './intake/index.js';
import { openQueue } from './queue/queue.js';
import { startSteward } from './queue/steward.js';
import { startChores } from './review/chores.js';
import { tokenFile } from './state-files.js';
import type { Store } from './store/database.js';
import { openStore } from './store/database.js';
import { listenToRuns } from './store/listen.js';
import { migrate } from './store/migrate.js';
import { DEFAULT_ORGANISATION } from './store/organisations.js';
import { createToken, findToken } from './store/tokens.js';
import { openTracing } from './tracing/tracing.js';

export interface RunningServer {
  readonly url: string;
  /** The local API token, when it was made just now: to be shown once. */
  readonly newToken: string | null;
  readonly tokenFile: string;
  /** Makes the first account; null once there is one. */
  readonly setUpUrl: string | null;
  /** Lets requests end, then stops everything that it started. */
  close(): Promise<void>;
}

const CONNECTIONS = 20;
const CONNECTIONS_KEPT = 4;
const CLOSE_GRACE_MS = 5000;

/** Database, queue, steward and HTTP, put together. */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const services = await openServices(config, { start: true });
    undo.push(services.close);
    const store = openStore({ url: services.databaseUrl, connections: CONNECTIONS, kept: CONNECTIONS_KEPT });
    undo.push(() => store.destroy());
    await migrate(store);
    const newToken = await ensureLocalToken(store, config.stateDir);
    await prepareUploads(join(config.stateDir, 'uploads'));

    const queue = openQueue(services.redisUrl);
    undo.push(() => queue.close());
    const steward = startSteward({ store, queue, maxAttempts: config.maxAttempts, log });
    undo.push(() => steward.close());
    const listener = listenToRuns(services.databaseUrl);
    undo.push(() => listener.close());
    const catalogue = openCatalogue(config, (id, error) =>
      log.warn({ assessment: id, reason: reasonOf(error) }, 'an assessment cannot be loaded'),
    );
    const blobsDir = join(config.stateDir, 'blobs');
    const chores = startChores({ store, queue, catalogue, blobsDir, log });
    undo.push(() => chores.close());
    const courier = startCourier({ store, trusted: config.hookHosts, log });
    undo.push(() => courier.stop());
    // A regrade has runs of its own.
    const poke = { runs: steward.poke, regrades: () => (steward.poke(), chores.poke()) };
    const tracing = await openTracing(config, 'assayer-server');
    undo.push(async () => tracing?.close());
    const app = createApp({
      config,
      provider: openProvider(config),
      metrics: openMetrics(store),
      tracing,
      store,
      queue,
      listener,
      catalogue,
      poke,
      log,
    });
    const server: Listening = await listen(app, config);
    undo.push(() => server.close(CLOSE_GRACE_MS));
    undo.push(await announce(config.stateDir, server.url));
    const key = await setUpKey(store, DEFAULT_ORGANISATION);
    const setUpUrl =
      key && `${config.publicUrl ?? server.url}/setup?${new URLSearchParams({ key }).toString()}`;
    return { url: server.url, newToken, tokenFile: tokenFile(config.stateDir), setUpUrl, close };
  } catch (error) {
    await close();
    throw isFull(error) ? new AssayerError('diskFull', { dir: config.stateDir }, { cause: error }) : error;
  }
}

/** Makes sure that the file holds a valid token, so that commands on this machine need none. Returns a new one. */
async function ensureLocalToken(store: Store, stateDir: string): Promise<string | null> {
  const path = tokenFile(stateDir);
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (await findToken(store, kept.trim())) return null;
  const name = `local-${randomBytes(2).toString('hex')}`;
  const { secret } = await createToken(store, DEFAULT_ORGANISATION, {
    name,
    scopes: ['admin'],
    seconds: null,
    createdBy: null,
  });
  await writeFile(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}
