import { expect, test } from '@jest/globals';
import { tarOf } from '../../../docker/context.js';
import { dockerImageStore } from '../../../runners/sandbox/imageStore.js';
import { bench } from './support.js';

const store = dockerImageStore({});
const nothing = { args: {}, labels: {} };
const reference = 'assayer/never-made:test';

test('a step that fails is quoted, and leaves no image', async () => {
  const it = await bench();
  try {
    const dockerfile = `FROM ${it.images.sandbox}\nRUN echo the reason; exit 7\n`;
    const failing = store.build(reference, tarOf([{ path: 'Dockerfile', text: dockerfile }]), nothing);
    await expect(failing).rejects.toThrow(
      /could not build assayer\/never-made:test: [^]*code: 7[^]*the reason/,
    );
    expect(await store.exists(reference)).toBe(false);
  } finally {
    await it.close();
  }
}, 600_000);

test('a context that cannot be read fails the build and nothing else', async () => {
  const context = tarOf([
    { path: 'Dockerfile', text: 'FROM scratch\n' },
    { path: 'x', from: '/nonexistent/file' },
  ]);
  await expect(store.build(reference, context, nothing)).rejects.toThrow(/ENOENT/);
  const tar = tarOf([{ path: 'x', from: '/nonexistent/file' }]);
  await expect(store.importTar(reference, tar, {})).rejects.toThrow(/ENOENT/);
});

test('old images of ours go, but none that is kept or young', async () => {
  const label = `assayer.test-${process.pid}`;
  const [kept, old] = ['assayer/kept-for-a-test:1', 'assayer/old-for-a-test:1'] as const;
  for (const [index, reference] of [kept, old].entries())
    await store.importTar(reference, tarOf([{ path: 'x', text: String(index) }]), { [label]: 'yes' });
  expect(await store.removeOld(label, [kept], 1)).toEqual([]);
  expect(await store.removeOld(label, [kept], -1)).toEqual([old]);
  expect(await store.exists(kept)).toBe(true);
  expect(await store.removeOld(label, [], -1)).toEqual([kept]);
}, 60_000);

test('what no registry has cannot be pulled, and that is an answer', async () => {
  expect(await store.pull('assayer/no-such-image:never', 10_000)).toBe(false);
}, 30_000);

test('an engine that is away is our fault, in one sentence', async () => {
  const away = dockerImageStore({ dockerHost: 'unix:///nonexistent/docker.sock' });
  await expect(away.exists(reference)).rejects.toMatchObject({
    name: 'SandboxError',
    code: 'engineUnavailable',
  });
});
