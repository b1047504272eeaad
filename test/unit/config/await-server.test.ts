import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { awaitServer } from '../../../harness/await-server.js';

test('a name without an address is waited for, and is named with the setting it comes from', async () => {
  const stop = new AbortController();
  const logged: { reason: string; msg: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line) => (logged.push(JSON.parse(line)), stop.abort()) });
  const settings = {
    stateDir: '/nowhere',
    databaseUrl: 'postgres://assayer:secret@databse.invalid/assayer',
    redisUrl: 'redis://127.0.0.1:1',
  };
  expect(await awaitServer(settings, log, stop.signal)).toBeNull();
  expect(logged).toMatchObject([{ msg: 'waits for the database to answer' }]);
  expect(logged[0]?.reason).toContain(
    '(no address is known for the host databse.invalid; correct DATABASE_URL, unless that host is still starting)',
  );
  expect(logged[0]?.reason).not.toContain('secret');
});
