import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { openServices } from '../../../harness/embedded/index.js';
import { isAlive, type ProcessId } from '../../../harness/embedded/process.js';
import { compile, run, type Program } from '../support/program.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

let dir: string;
let program: string;
let running: Program[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-test-'));
  await chmod(dir, 0o711);
  program = await compile('test/integration/embedded/child.ts');
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.kill('SIGTERM')));
  running = [];
});
afterAll(async () => {
  await rm(dir, { recursive: true });
  await rm(dirname(program), { recursive: true });
});

function start(stateDir: string): Program {
  const one = run(program, { STATE_DIR: stateDir });
  running.push(one);
  return one;
}

const urls = (one: Program): Promise<string> => until(() => one.output() || null, 40_000);

async function serverOf(stateDir: string, name: 'postgres' | 'redis'): Promise<ProcessId> {
  const text = await readFile(join(stateDir, name, 'server.json'), 'utf8');
  return (JSON.parse(text) as { server: ProcessId }).server;
}

test('processes that start at once share one PostgreSQL and one Redis, which end with the one that started them', async () => {
  const stateDir = join(dir, 'shared');
  const programs = [start(stateDir), start(stateDir), start(stateDir)];
  const found = await Promise.all(programs.map(urls));
  expect(new Set(found).size).toBe(1);
  const servers = [await serverOf(stateDir, 'postgres'), await serverOf(stateDir, 'redis')];
  expect(servers.map(isAlive)).toEqual([true, true]);
  await Promise.all(programs.map((one) => one.kill('SIGTERM')));
  expect(servers.map(isAlive)).toEqual([false, false]);
  await expect(
    openServices({ stateDir, databaseUrl: undefined, redisUrl: undefined }, { start: false }),
  ).rejects.toMatchObject({ code: 'embeddedMissing' });
});

test('services of a process that was killed are taken over by the next, at the same addresses', async () => {
  const stateDir = join(dir, 'taken-over');
  const first = start(stateDir);
  const addresses = await urls(first);
  const postgres = await serverOf(stateDir, 'postgres');
  await first.kill('SIGKILL');
  expect(isAlive(postgres)).toBe(true);
  const second = start(stateDir);
  expect(await urls(second)).toBe(addresses);
  await second.kill('SIGTERM');
  expect(isAlive(postgres)).toBe(false);
});

test('secrets are readable by their owner alone', async () => {
  const stateDir = join(dir, 'shared');
  for (const file of ['postgres/password', 'redis/password', 'redis/redis.conf', 'redis/server.json']) {
    expect((await stat(join(stateDir, file))).mode & 0o077).toBe(0);
  }
});

const SYSTEM_DIR = '/var/lib/assayer';

async function systemHomes(): Promise<string[]> {
  const names = await readdir(SYSTEM_DIR).catch(() => []);
  return names.filter((name) => /^[0-9a-f]{16}$/.test(name));
}

test('a folder that only its owner may enter works too', async () => {
  const before = await systemHomes();
  const closed = join(dir, 'closed');
  await mkdir(closed, { mode: 0o700 });
  const services = await openServices(
    { stateDir: join(closed, 'state'), databaseUrl: undefined, redisUrl: 'redis://unused' },
    { start: true },
  );
  expect(services.databaseUrl).toContain('127.0.0.1');
  await services.close();
  // Under root the data went where the database's own user can reach them.
  const made = (await systemHomes()).filter((name) => !before.includes(name));
  expect(made.length).toBe(process.geteuid?.() === 0 ? 1 : 0);
  for (const name of made) await rm(join(SYSTEM_DIR, name), { recursive: true });
});
