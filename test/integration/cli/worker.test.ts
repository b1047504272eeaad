import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { sql } from 'kysely';
import { pino } from 'pino';
import { askServices, awaitServer } from '../../../harness/await-server.js';
import { migrate } from '../../../harness/store/migrate.js';
import { liveWorkers } from '../../../harness/store/workers.js';
import { compile } from '../support/program.js';
import type { TestServices } from '../support/services.js';
import { emptyDatabase, freshDatabase, startServices } from '../support/services.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

let dir: string;
let program: string;
let services: TestServices;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-test-'));
  [program, services] = await Promise.all([compile('harness/cli/main.ts'), startServices()]);
});
afterAll(async () => {
  await services?.close();
  await rm(dir, { recursive: true });
  await rm(dirname(program), { recursive: true });
});

/** A worker as its operator starts it, and what it has written so far. */
function startWorker(env: Record<string, string> = {}) {
  const child = execa(process.execPath, [program, 'worker'], {
    cwd: dir,
    env: { PATH: process.env['PATH'] ?? '', ...dockerHost(), ...env },
    extendEnv: false,
    reject: false,
    timeout: 100_000,
    all: true,
  });
  let output = '';
  child.all?.on('data', (chunk) => (output += String(chunk)));
  const said = (words: string): Promise<true> => until(() => output.includes(words), 60_000);
  const times = (words: string): number => output.split(words).length - 1;
  return { child, said, times };
}

const dockerHost = (): Record<string, string> =>
  process.env['DOCKER_HOST'] === undefined ? {} : { DOCKER_HOST: process.env['DOCKER_HOST'] };

const withWrongPassword = (url: string): string => {
  const wrong = new URL(url);
  wrong.password = 'wrong';
  return wrong.href;
};

test('a worker that comes before its server says for what it waits, and ends well when it is told to', async () => {
  const { child, said, times } = startWorker({ ASSAYER_STATE_DIR: join(dir, 'elsewhere') });
  await said('waits for the server of this state folder');
  const began = performance.now();
  child.kill('SIGTERM');
  expect((await child).exitCode).toBe(0);
  expect(performance.now() - began).toBeLessThan(5000);
  expect(times('No PostgreSQL runs for the state folder')).toBe(1);
});

test('it takes runs once the server has made the tables', async () => {
  const { url, store } = await emptyDatabase(services);
  try {
    const { child, said, times } = startWorker({ DATABASE_URL: url, REDIS_URL: services.redisUrl });
    await said('waits for the server to make the tables');
    await migrate(store);
    await until(async () => (await liveWorkers(store)).some(({ state }) => state === 'ready'), 90_000);
    child.kill('SIGTERM');
    expect((await child).exitCode).toBe(0);
    expect(times('waits for')).toBe(1);
  } finally {
    await store.destroy();
  }
});

test('what no waiting mends ends it at once, in a sentence', async () => {
  const { url, store } = await freshDatabase(services);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', 'now')`.execute(store);
  await store.destroy();
  const { databaseUrl, redisUrl } = services;
  const there = await freshDatabase(services);
  await there.store.destroy();
  const cases: [string, string, string][] = [
    [url, redisUrl, 'used by a newer Assayer (9999-later is not known here)'],
    [
      withWrongPassword(databaseUrl),
      redisUrl,
      'The database turns this program away (password authentication failed',
    ],
    [there.url, withWrongPassword(redisUrl), 'Redis turns this program away (WRONGPASS'],
  ];
  for (const [DATABASE_URL, REDIS_URL, words] of cases) {
    const { exitCode, stderr } = await startWorker({ DATABASE_URL, REDIS_URL }).child;
    expect({ words, exitCode }).toEqual({ words, exitCode: 2 });
    expect(stderr).toContain(words);
  }
});

test('a database and a Redis that come up later are found', async () => {
  const { url, store } = await freshDatabase(services);
  await store.destroy();
  const [database, redis] = [await door(url), await door(services.redisUrl)];
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void logged.push(line) });
  const settings = { stateDir: dir, databaseUrl: database.url, redisUrl: redis.url };
  const found = awaitServer(settings, log, new AbortController().signal);
  try {
    await until(() => logged.some((line) => line.includes('waits for the database to answer')));
    database.open();
    await until(() => logged.some((line) => line.includes('waits for Redis to answer')));
    redis.open();
    expect(await found).toMatchObject({ databaseUrl: database.url, redisUrl: redis.url });
    expect(logged).toHaveLength(2);
  } finally {
    await Promise.all([database.close(), redis.close()]);
  }
});

/** An address at which whoever comes is sent away before it is opened; then it leads to `target`. */
async function door(target: string) {
  const { hostname: host, port } = new URL(target);
  let isOpen = false;
  const server = createServer((client) => {
    client.on('error', () => undefined);
    if (!isOpen) return void client.destroy();
    const upstream = connect({ host, port: Number(port) });
    client.on('close', () => upstream.destroy()).pipe(upstream);
    upstream.on('error', () => client.destroy()).pipe(client);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    open: () => (isOpen = true),
    close: (): Promise<void> => new Promise((resolve) => server.close(() => resolve())),
  };
}

test('the doctor asks database and Redis of the settings, and says which is not in order', async () => {
  const { url, store } = await freshDatabase(services);
  await store.destroy();
  const asked = await askServices({ databaseUrl: url, redisUrl: services.redisUrl });
  expect(asked.map(({ id, holds }) => [id, holds])).toEqual([
    ['database', true],
    ['queue', true],
  ]);
  const [database] = await askServices({ databaseUrl: withWrongPassword(url), redisUrl: undefined });
  expect(database).toMatchObject({ holds: false, detail: expect.stringContaining('Correct DATABASE_URL') });
  expect(await askServices({ databaseUrl: undefined, redisUrl: undefined })).toEqual([]);
});
