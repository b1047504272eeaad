import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Store } from '../../../harness/store/database.js';
import type { TestServices } from './services.js';
import { freshDatabase, startServices } from './services.js';

/** Gives each test of the file an empty database of one PostgreSQL, and clears both away at the end. */
export function eachWithFreshStore(use: (store: Store, services: TestServices) => void): void {
  let services: TestServices;
  let store: Store | null = null;
  beforeAll(async () => {
    services = await startServices();
  });
  beforeEach(async () => {
    await store?.destroy();
    ({ store } = await freshDatabase(services));
    use(store, services);
  });
  afterAll(async () => {
    await store?.destroy();
    await services.close();
  });
}
