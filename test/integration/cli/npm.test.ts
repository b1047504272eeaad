import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-npm-'));
});
afterAll(() => rm(dir, { recursive: true }));

test('whoever ends npm ends the program that npm began', async () => {
  const env = { ASSAYER_STATE_DIR: dir };
  const npm = execa('npm', ['run', '-s', 'assayer', '--', 'serve', '--port', '0'], { env, reject: false });
  const named = (): Promise<string | null> => readFile(join(dir, 'server.json'), 'utf8').catch(() => null);
  let url = '';
  try {
    ({ url } = JSON.parse(await until(named, 90_000)) as { url: string });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  } finally {
    npm.kill('SIGTERM');
    await npm;
  }
  await until(() =>
    fetch(`${url}/livez`).then(
      () => false,
      () => true,
    ),
  );
  // It has put its house in order, too.
  await until(async () => (await named()) === null);
});
