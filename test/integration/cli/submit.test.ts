import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { pino } from 'pino';
import { loadConfig } from '../../../harness/config.js';
import { openServices } from '../../../harness/embedded/index.js';
import type { RunWorker } from '../../../harness/queue/worker.js';
import { startWorker } from '../../../harness/queue/worker.js';
import type { RunningServer } from '../../../harness/server.js';
import { startServer } from '../../../harness/server.js';
import type { Store } from '../../../harness/store/database.js';
import { openStore } from '../../../harness/store/database.js';
import { compile } from '../support/program.js';
import { graded } from '../support/records.js';
import { until } from '../support/until.js';

jest.setTimeout(60_000);

const log = pino({ level: 'silent' });
let dir: string;
let program: string;
let server: RunningServer;
let store: Store;
let worker: RunWorker;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-test-'));
  program = await compile('harness/cli/main.ts');
  const env = { ASSAYER_PORT: '0', ASSAYER_PACK_DIRS: join(process.cwd(), 'test/fixtures') };
  const config = loadConfig(env, dir);
  server = await startServer(config, log);
  const services = await openServices(config, { start: false });
  store = openStore({ url: services.databaseUrl, connections: 4 });
  worker = startWorker({
    store,
    redisUrl: services.redisUrl,
    settings: { ...config, drainSeconds: 0, maxAttempts: 1 },
    // The candidate's name says what comes of it.
    grade: async ({ candidate }, _emit, signal) => {
      if (candidate === 'never') await new Promise((_, reject) => signal.addEventListener('abort', reject));
      if (candidate === 'fault') throw new Error('the engine went away.');
      return graded({ score: Number(candidate ?? 50) });
    },
    ready: async () => undefined,
    log,
  });
  await mkdir(join(dir, 'repo', 'node_modules', 'x'), { recursive: true });
  await writeFile(join(dir, 'repo', 'package.json'), '{"name":"x"}');
  await writeFile(join(dir, 'repo', 'node_modules', 'x', 'big.js'), 'x'.repeat(2_000_000));
});
afterAll(async () => {
  await worker?.stop();
  await store?.destroy();
  await server?.close();
  await rm(dir, { recursive: true });
  await rm(dirname(program), { recursive: true });
});

const cli = (args: readonly string[], env: Record<string, string> = {}) =>
  execa(process.execPath, [program, ...args], {
    cwd: dir,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    extendEnv: false,
    reject: false,
    timeout: 45_000,
  });

const submit = (candidate: string, ...more: string[]) =>
  cli(['submit', 'repo', '--assessment', 'pack-basic', '--candidate', candidate, '--wait', ...more]);

const files = ['--junit', 'ci/junit.xml', '--sarif', 'ci/findings.sarif', '--markdown', 'ci/summary.md'];

test('a folder is sent without what git would leave out, waited for, and passes', async () => {
  const { exitCode, stdout, stderr } = await submit('80', '--min-score', '70', ...files);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('80');
  expect(stderr).toContain('started');
  const written = (name: string) => readFile(join(dir, 'ci', name), 'utf8');
  expect(await written('junit.xml')).toContain('<testsuites');
  expect(JSON.parse(await written('findings.sarif'))).toMatchObject({ version: '2.1.0' });
  expect(await written('summary.md')).toContain('80.0 of 100');
});

test('standard output is JSON and nothing else with --json, and progress is gone with --quiet', async () => {
  const { exitCode, stdout, stderr } = await submit('60', '--json', '--quiet', '--min-score', '70');
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ overall: { score: 60 } });
  expect(stderr).toBe('');
});

test('without --wait it says which submission it is', async () => {
  const { exitCode, stdout } = await cli(['submit', 'repo', '-a', 'pack-basic', '-q']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^sub-[0-9a-z]{26}$/);
});

test('a fault of ours ends with 3 and says so', async () => {
  const { exitCode, stderr } = await submit('fault');
  expect(exitCode).toBe(3);
  expect(stderr).toContain('through no fault of the candidate');
});

test('giving up ends with 4, an interrupt with 130', async () => {
  const late = await submit('never', '--timeout', '1');
  expect([late.exitCode, late.stderr.split('\n').at(-1)]).toEqual([
    4,
    'assayer: The run did not end within 1 seconds. It goes on at the server; look at it later, or raise --timeout.',
  ]);
  const running = submit('never');
  running.stderr?.once('data', () => running.kill('SIGINT'));
  expect((await running).exitCode).toBe(130);
});

test('what cannot work is one sentence, with the right exit code, and nothing on standard output', async () => {
  const cases: [readonly string[], number, string, Record<string, string>?][] = [
    [['submit', 'repo', '-a', 'x'], 2, 'does not take this API token', { ASSAYER_TOKEN: 'wrong' }],
    [['submit', 'repo', '-a', 'nope'], 2, 'There is no assessment "nope". Known are:'],
    [['submit', 'nowhere', '-a', 'pack-basic'], 2, 'no folder, archive or https URL'],
    [['submit', 'repo'], 2, '--assessment'],
    [['submit', 'repo', '-a', 'x', '--min-score', 'high'], 2, 'number from 0 to 100'],
    [['submit', 'repo', '-a', 'pack-basic', '--min-score', '70'], 2, '--min-score needs --wait'],
    [['submit', 'repo', '-a', 'x', '--wait', '--junit', 'repo/package.json/x.xml'], 2, 'cannot be written'],
    [['grade', 'repo', '-a', 'pack-basic', '-o', 'repo/package.json'], 2, 'cannot be written to repo/'],
    [['grade', 'repo', '-a', 'webhooks', '-o', 'out'], 2, 'no such assessment; known are: webhook-receiver'],
    [['submit', 'repo', '-a', 'x', '--server', 'http://127.0.0.1:9'], 3, 'No Assayer server answers'],
    [['submit', 'repo', '-a', 'x', '--server', 'here'], 2, 'ASSAYER_SERVER'],
  ];
  const results = await Promise.all(cases.map(([args, , , env]) => cli(args, env)));
  for (const [index, [args, code, words]] of cases.entries()) {
    const { exitCode, stderr, stdout } = results[index] ?? {};
    expect({ args, exitCode, stdout }).toEqual({ args, exitCode: code, stdout: '' });
    expect(stderr).toContain(words);
  }
});

test('the operator makes an organisation, and is told of every setting', async () => {
  const made = await cli(['organisation', 'add', 'Analytical Engines']);
  expect([made.exitCode, made.stderr]).toEqual([0, expect.stringContaining('org-')]);
  const page = await fetch(String(made.stdout));
  expect(await page.text()).toContain('Make the first account');

  const settings = await cli(['settings', '--json']);
  const all = JSON.parse(String(settings.stdout)) as {
    env: string;
    default: string | null;
    meaning: string;
  }[];
  expect(all.find(({ env }) => env === 'ASSAYER_PORT')?.default).toBe('3210');
  expect(all.every(({ meaning }) => /\.$/.test(meaning))).toBe(true);
  expect(all.filter((one) => one.default?.includes('object'))).toEqual([]);
});

test('serve shares the services of the folder, and ends with 0 when told to', async () => {
  const second = cli(['serve', '--port', '0'], { ASSAYER_STATE_DIR: join(dir, '.assayer') });
  const text = await until(async () => {
    const found = await readFile(join(dir, '.assayer', 'server.json'), 'utf8').catch(() => '');
    return found !== '' && !found.includes(server.url) && found;
  });
  const { url } = JSON.parse(text) as { url: string };
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  second.kill('SIGTERM');
  const { exitCode, stderr } = await second;
  // Commands find the one that goes on.
  const named = await readFile(join(dir, '.assayer', 'server.json'), 'utf8');
  expect(JSON.parse(named)).toEqual({ url: server.url });
  expect(exitCode).toBe(0);
  expect(stderr).not.toContain('API token');
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
});

test('serve says which port is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  const address = await until(() => other.address());
  const port = typeof address === 'object' ? address.port : 0;
  const { exitCode, stderr } = await cli(['serve', '--port', String(port)]);
  other.close();
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`Port ${port} of 127.0.0.1 is in use`);
});
