import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Services } from '../../../harness/embedded/index.js';
import { openServices } from '../../../harness/embedded/index.js';
import type { Store } from '../../../harness/store/database.js';
import { openStore } from '../../../harness/store/database.js';
import { migrate } from '../../../harness/store/migrate.js';

/** A real PostgreSQL and a real Redis, of a state folder of their own. */
export interface TestServices extends Services {
  readonly stateDir: string;
}

export async function startServices(): Promise<TestServices> {
  const stateDir = await mkdtemp(join(tmpdir(), 'assayer-test-'));
  const services = await openServices(
    { stateDir, databaseUrl: undefined, redisUrl: undefined },
    { start: true },
  );
  return {
    ...services,
    stateDir,
    async close() {
      await services.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

/** A database of its own, with nothing in it. */
export async function emptyDatabase(services: Services): Promise<{ url: string; store: Store }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: services.databaseUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = services.databaseUrl.replace(/\/postgres$/, `/${name}`);
  return { url, store: openStore({ url, connections: 10 }) };
}

/** An empty, migrated database of its own. */
export async function freshDatabase(services: Services): Promise<{ url: string; store: Store }> {
  const database = await emptyDatabase(services);
  await migrate(database.store);
  return database;
}
