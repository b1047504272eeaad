import { describe, expect, test } from '@jest/globals';
import { HASH, REGISTRY, cleaned, manifest, refused, type Files } from './support.js';

const npm = (packages: object, more: object = {}): Files => ({
  'package.json': manifest(),
  'package-lock.json': {
    lockfileVersion: 3,
    packages: { '': { dependencies: { a: '1.0.0' } }, ...packages },
    ...more,
  },
});

describe('package-lock.json', () => {
  test('is rewritten to the registry, whatever host it names or leaves out', async () => {
    const taken = await cleaned(
      npm({
        'node_modules/a': { version: '1.0.0', resolved: 'https://evil.example/a-1.0.0.tgz', integrity: HASH },
        'node_modules/@s/b': { version: '2.0.0-rc.1', integrity: HASH, optional: true },
        'node_modules/alias/node_modules/c': { name: 'real', version: '3.0.0', integrity: HASH },
        'node_modules/a/node_modules/inner': { version: '1.0.0', inBundle: true },
      }),
    );
    const { packages } = JSON.parse(taken.get('package-lock.json') ?? '') as {
      packages: Record<string, { resolved?: string }>;
    };
    expect(Object.values(packages).map(({ resolved }) => resolved)).toEqual([
      undefined,
      `${REGISTRY}a/-/a-1.0.0.tgz`,
      `${REGISTRY}@s/b/-/b-2.0.0-rc.1.tgz`,
      `${REGISTRY}real/-/real-3.0.0.tgz`,
      undefined,
    ]);
  });

  test('of version 1 is rewritten too', async () => {
    const lock = {
      lockfileVersion: 1,
      dependencies: {
        a: {
          version: '1.0.0',
          resolved: 'https://evil.example/x',
          integrity: HASH,
          dependencies: { b: { version: 'npm:real@2.0.0', integrity: HASH } },
        },
      },
    };
    const taken = await cleaned({ 'package.json': manifest(), 'package-lock.json': lock });
    expect(JSON.parse(taken.get('package-lock.json') ?? '')).toMatchObject({
      dependencies: {
        a: {
          resolved: `${REGISTRY}a/-/a-1.0.0.tgz`,
          dependencies: { b: { version: 'npm:real@2.0.0', resolved: `${REGISTRY}real/-/real-2.0.0.tgz` } },
        },
      },
    });
    const git = {
      lockfileVersion: 1,
      dependencies: { evil: { version: 'git+ssh://host/x#abc', from: 'x' } },
    };
    expect(await refused({ 'package.json': manifest(), 'package-lock.json': git })).toContain('"evil"');
  });

  const bad: [string, object, string][] = [
    ['no integrity', { version: '1.0.0', resolved: 'https://x/y.tgz' }, 'no integrity'],
    ['an empty integrity', { version: '1.0.0', integrity: '' }, 'no integrity'],
    [
      'a git address',
      { version: '1.0.0', resolved: 'git+ssh://git@host/x.git#abc', integrity: HASH },
      'from "git+ssh',
    ],
    ['no version', { resolved: 'https://x/y.tgz', integrity: HASH }, 'Only packages of the npm registry'],
    ['a link out of the submission', { resolved: '../evil', link: true }, 'no package of this submission'],
    ['a link to nothing', { resolved: 'missing', link: true }, 'no package of this submission'],
    ['a tarball outside', { version: '1.0.0', resolved: 'file:../x.tgz' }, 'no package of this submission'],
    ['another name that is none', { name: '../../x', version: '1.0.0', integrity: HASH }, 'Only packages'],
  ];
  test.each(bad)('with %s is refused', async (_, entry, words) => {
    expect(await refused(npm({ 'node_modules/evil': entry }))).toContain(words);
  });

  test.each(['{', '[]', '{"packages":{"node_modules/a":5}}'])('%j is refused', async (text) => {
    const message = await refused({ 'package.json': manifest(), 'package-lock.json': text });
    expect(message).toContain('package-lock.json cannot be read');
  });

  test('keeps links to workspaces', async () => {
    const files = {
      ...npm({ 'apps/api': { version: '1.0.0' }, 'node_modules/api': { resolved: 'apps/api', link: true } }),
      'apps/api/package.json': { name: 'api' },
    };
    expect((await cleaned(files)).size).toBe(2);
  });

  test('is refused when it lists too many packages', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 3001 }, (_, i) => [`node_modules/p${i}`, { version: '1.0.0', integrity: HASH }]),
    );
    expect(await refused(npm(many))).toContain('at most 3000');
  });
});
