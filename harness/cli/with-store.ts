import type { Config } from '../config.js';
import { openServices } from '../embedded/index.js';
import { openStore, storeFault, type Store } from '../store/database.js';

/** A regrade holds what it is at by one, and reads what it needs by the other. */
const CONNECTIONS = 2;

/** For commands that ask the database themselves: the one of the settings or of the state folder, which runs already unless `start` is given. */
export async function withStore<T>(
  config: Config,
  options: { readonly start: boolean },
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const services = await openServices(config, options);
  const store = openStore({ url: services.databaseUrl, connections: CONNECTIONS });
  try {
    return await work(store);
  } catch (error) {
    throw storeFault(error) ?? error;
  } finally {
    await store.destroy();
    await services.close();
  }
}
