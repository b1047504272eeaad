import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadConfig } from '../../../harness/config.js';
import { openServices } from '../../../harness/embedded/index.js';
import type { GradeClaim } from '../../../harness/queue/types.js';
import { startWorker, type RunWorker } from '../../../harness/queue/worker.js';
import type { RunningServer } from '../../../harness/server.js';
import { startServer } from '../../../harness/server.js';
import type { Store } from '../../../harness/store/database.js';
import { openStore } from '../../../harness/store/database.js';
import type { PersonRole } from '../../../harness/accounts/roles.js';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { addPerson, setProof } from '../../../harness/store/people.js';
import { createSession } from '../../../harness/store/sessions.js';
import type { Visitor } from './visitor.js';
import { visitor } from './visitor.js';

/** The whole server in this process, on a state folder and a port of its own. */
export interface TestServer extends RunningServer {
  readonly stateDir: string;
  readonly store: Store;
  /** The token of this machine: an admin's. */
  readonly token: string;
  /** Everything that was logged. */
  readonly logged: readonly string[];
}

export async function startTestServer(env: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const stateDir = await mkdtemp(join(tmpdir(), 'assayer-test-'));
  const packs = join(process.cwd(), 'test/fixtures');
  const own = { ASSAYER_STATE_DIR: stateDir, ASSAYER_PORT: '0', ASSAYER_PACK_DIRS: packs };
  const config = loadConfig({ ...own, ...env }, stateDir);
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void logged.push(line) });
  const server = await startServer(config, log);
  const services = await openServices(config, { start: false });
  const store = openStore({ url: services.databaseUrl, connections: 4 });
  return {
    ...server,
    stateDir,
    store,
    logged,
    token: (await readFile(server.tokenFile, 'utf8')).trim(),
    async close() {
      await store.destroy();
      await server.close();
      await rm(stateDir, { recursive: true });
    },
  };
}

/** A worker of that server in this process, which grades as it is told. */
export async function startTestWorker(
  { stateDir, store }: TestServer,
  grade: GradeClaim,
  retrySeconds?: number,
): Promise<RunWorker> {
  const where = { stateDir, databaseUrl: undefined, redisUrl: undefined };
  const { redisUrl } = await openServices(where, { start: false });
  return startWorker({
    store,
    redisUrl,
    settings: { concurrency: 2, leaseSeconds: 20, maxAttempts: 2, drainSeconds: 0, runMinutes: 5 },
    grade,
    ready: async () => undefined,
    log: pino({ level: 'silent' }),
    ...(retrySeconds === undefined ? {} : { retrySeconds }),
  });
}

/** Adds somebody of this role, and gives a browser in which that person is signed in. */
export async function signedIn(
  { url, store }: TestServer,
  role: PersonRole,
  organisation = DEFAULT_ORGANISATION,
): Promise<Visitor & { readonly id: string }> {
  const id = await addPerson(store, organisation, {
    email: `${role}-${Math.random().toString(36).slice(2)}@example.org`,
    name: `Some ${role}`,
    role,
  });
  if (id === null) throw new Error('the address is taken');
  await setProof(store, organisation, id, { passwordHash: 'none that could be typed' });
  const session = { holder: { person: id }, seconds: 600, address: '127.0.0.1', agent: 'test' };
  const browser = visitor(url, { assayer_session: await createSession(store, organisation, session) });
  return { ...browser, id };
}
