import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ofItsOwn, rig, type Rig } from './support.js';

const lockfile = (manager: string, name: string): string =>
  readFileSync(new URL(`../../fixtures/lockfiles/${manager}/${name}`, import.meta.url), 'utf8');

const service = (more: object = {}): string =>
  JSON.stringify({ scripts: { start: 'node app.js' }, dependencies: { express: '5.1.0' }, ...more });

let bench: Rig;
beforeAll(async () => {
  bench = await rig();
}, 600_000);
afterAll(() => bench.close());

const ASK = `node -p "[require('express/package.json').version, typeof require('express')].join()"`;

describe('express by its lockfile', () => {
  test.each([
    ['npm', 'package-lock.json'],
    ['pnpm', 'pnpm-lock.yaml'],
    ['yarn', 'yarn.lock'],
  ])(
    'of %s is installed, and the next time it is there at once',
    async (manager, name) => {
      const own = ofItsOwn();
      const files = { 'package.json': service(own), [name]: lockfile(manager, name), 'app.js': 'one' };
      await bench.prepare(await bench.archive(files), async ({ installed, sh }) => {
        expect(installed).toMatchObject({ fromCache: false, notes: [] });
        expect(await sh(ASK)).toEqual({ code: 0, text: '5.1.0,function' });
      });
      // Other source and scripts, the same dependencies.
      const other = {
        ...files,
        'package.json': service({ ...own, name: 'other', description: 'another' }),
        'app.js': 'two',
      };
      await bench.prepare(await bench.archive(other), async ({ installed, ms, sh }) => {
        expect(installed.fromCache).toBe(true);
        expect(ms.install).toBeLessThan(1000);
        expect(await sh(`${ASK}; cat app.js`)).toEqual({ code: 0, text: '5.1.0,function\ntwo' });
      });
    },
    120_000,
  );
});

describe('the cache', () => {
  test('is filled once for installs that come together, and found by another process', async () => {
    const archive = await bench.archive({
      'package.json': service({ ...ofItsOwn(), dependencies: { ms: '2.1.3' } }),
    });
    const plan = await bench.plan(archive);
    const both = await Promise.all([bench.install(archive, plan), bench.install(archive, plan)]);
    expect(both.map((outcome) => outcome.ok && outcome.value.fromCache)).toEqual([false, true]);

    const stranger = await rig();
    try {
      const found = await stranger.install(archive, plan);
      expect(found).toMatchObject({ ok: true, value: { fromCache: true } });
    } finally {
      await stranger.close();
    }
  }, 120_000);

  test('is not used when its filling was broken off', async () => {
    const archive = await bench.archive({
      'package.json': service({ ...ofItsOwn(), dependencies: { ms: '2.1.2' } }),
    });
    const plan = await bench.plan(archive);
    const cancelled = bench.install(archive, plan, 180, AbortSignal.timeout(600));
    const waiting = bench.install(archive, plan);
    await expect(cancelled).rejects.toThrow('timeout');
    expect(await waiting).toMatchObject({ ok: true, value: { fromCache: false } });
  }, 120_000);
});

describe('a registry that does not answer', () => {
  test('is our fault, and leaves nothing that a later install would take', async () => {
    const cut = await rig({ url: 'http://127.0.0.1:1/', caFile: null });
    try {
      const archive = await cut.archive({
        'package.json': service({ ...ofItsOwn(), dependencies: { ms: '2.1.1' } }),
      });
      const plan = await cut.plan(archive);
      await expect(cut.install(archive, plan)).rejects.toMatchObject({ code: 'registryUnavailable' });
      expect(await bench.install(archive, plan)).toMatchObject({ ok: true, value: { fromCache: false } });
    } finally {
      await cut.close();
    }
  }, 120_000);
});
