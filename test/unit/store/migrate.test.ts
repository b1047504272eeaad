import { expect, test } from '@jest/globals';
import { openStore } from '../../../harness/store/database.js';
import { migrate } from '../../../harness/store/migrate.js';

test('a database that is not there is said to be, not one whose tables are at fault', async () => {
  const store = openStore({ url: 'postgres://assayer:secret@databse.invalid/assayer', connections: 1 });
  await expect(migrate(store)).rejects.toMatchObject({
    code: 'storeUnavailable',
    message: expect.stringContaining(
      'no address is known for the host databse.invalid; correct DATABASE_URL',
    ),
  });
  await store.destroy();
});
