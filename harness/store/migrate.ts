import { Migrator, sql } from 'kysely';
import { AssayerError, reasonOf } from '../errors.js';
import { storeFault, type Store } from './database.js';
import { MIGRATIONS } from './migrations/index.js';

/**
 * Brings the tables up to date. Several processes may call it at once: the first one does it.
 * @throws AssayerError schemaNewer, migrationFailed, storeUnavailable, storeRefused
 */
export async function migrate(store: Store): Promise<void> {
  const migrator = new Migrator({ db: store, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (!error) return;
  const fault = storeFault(error);
  if (fault) throw fault;
  refuseNewer(await migrationsOf(store).catch(() => []));
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the first step';
  throw new AssayerError('migrationFailed', { migration: failed, reason: reasonOf(error) }, { cause: error });
}

/** For a program that leaves the tables to the server. @throws AssayerError schemaNewer, schemaBehind */
export async function requireSchema(store: Store): Promise<void> {
  const done = await migrationsOf(store);
  refuseNewer(done);
  if (done.length < Object.keys(MIGRATIONS).length) throw new AssayerError('schemaBehind', {});
}

function refuseNewer(done: readonly string[]): void {
  const unknown = done.find((name) => !(name in MIGRATIONS));
  if (unknown !== undefined) throw new AssayerError('schemaNewer', { migration: unknown });
}

const NO_SUCH_TABLE = '42P01';

/** What the database has been through, in order; nothing where no server has run on it. */
export async function migrationsOf(store: Store): Promise<readonly string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
      store,
    );
    return rows.map(({ name }) => name);
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_SUCH_TABLE) return [];
    throw error;
  }
}
