import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rig, type Rig } from './support.js';

let bench: Rig;
beforeAll(async () => {
  bench = await rig();
}, 600_000);
afterAll(() => bench.close());

const MS = {
  version: '2.1.3',
  integrity:
    'sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==',
};

const npm = (dependencies: object, packages: object) => ({
  'package.json': JSON.stringify({ scripts: { start: 'x' }, dependencies }),
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: { '': { dependencies }, ...packages },
  }),
});

describe('an install that cannot be', () => {
  test('a lockfile that does not fit package.json', async () => {
    const files = npm({ ms: '2.1.3' }, { 'node_modules/ms': MS });
    const apart = {
      ...files,
      'package.json': JSON.stringify({ scripts: { start: 'x' }, dependencies: { ms: '^1.0.0', debug: '4' } }),
    };
    const verdict = await bench.verdict(await bench.archive(apart));
    expect(verdict.code).toBe('installFailed');
    expect(verdict.message).toContain('package-lock.json and package.json disagree');
    expect(verdict.logTail).toContain('Missing: debug');
  }, 120_000);

  test('a package that is not the one the lockfile vouches for', async () => {
    const other = { ...MS, integrity: `sha512-${'A'.repeat(86)}==` };
    const verdict = await bench.verdict(
      await bench.archive(npm({ ms: '2.1.3' }, { 'node_modules/ms': other })),
    );
    expect(verdict.code).toBe('depsRefused');
    expect(verdict.message).toContain('integrity');
  }, 120_000);

  test('a version that does not exist', async () => {
    const verdict = await bench.verdict(
      await bench.archive({
        'package.json': JSON.stringify({ scripts: { start: 'x' }, dependencies: { ms: '99.0.0' } }),
      }),
    );
    expect(verdict.code).toBe('installFailed');
    expect(verdict.message).toContain('registry does not have');
    expect(verdict.logTail).toContain('ms@99.0.0');
  }, 120_000);

  test('a locked version that the registry lacks is chosen anew, and said', async () => {
    const gone = { version: '2.1.77', integrity: MS.integrity };
    const archive = await bench.archive(npm({ ms: '^2.1.0' }, { 'node_modules/ms': gone }));
    await bench.prepare(archive, async ({ installed, sh }) => {
      expect(installed.notes.map(({ code }) => code)).toEqual(['lockfileNotServed']);
      expect((await sh(`node -p "require('ms/package.json').version"`)).text).toBe('2.1.3');
    });
  }, 120_000);
});

describe('a build', () => {
  const built = (build: string, more: Record<string, string> = {}) => ({
    'package.json': JSON.stringify({ scripts: { start: 'x', build } }),
    ...more,
  });

  test('leaves its output for the service; neither it nor the install has a network', async () => {
    const probe = `require('net').connect(80, '1.1.1.1').on('error', (e) => require('fs').writeFileSync('out.txt', e.code))`;
    const archive = await bench.archive(built('node build.js', { 'build.js': probe }));
    await bench.prepare(archive, async ({ installed, sh }) => {
      expect(installed.cache).toBeNull();
      expect((await sh('cat out.txt')).text).toBe('ENETUNREACH');
    });
  }, 60_000);

  test('that fails, never ends or needs too much is told apart', async () => {
    const failed = await bench.verdict(await bench.archive(built('echo "\u001b[31mred\u001b[0m" && exit 3')));
    expect(failed).toMatchObject({ code: 'buildFailed', logTail: 'red' });
    expect(failed.message).toContain('exit code 3');

    const endless = await bench.verdict(await bench.archive(built('sleep 1000')), { buildSeconds: 2 });
    expect(endless.code).toBe('timedOut');
    expect(endless.message).toContain('within 2 seconds');

    const greedy = `const all = []; for (;;) all.push(Buffer.alloc(16 << 20, 1));`;
    const large = await bench.verdict(await bench.archive(built('node greedy.js', { 'greedy.js': greedy })));
    expect(large.code).toBe('outOfMemory');
  }, 90_000);
});
