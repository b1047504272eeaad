import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { installFiles } from '../../../runners/install/lockfile/index.js';
import { archiveOf, planOf, type Files } from './support.js';

const HASH = 'sha512-AAAA';
const REGISTRY = 'http://127.0.0.1:4873/';

async function cleaned(files: Files): Promise<ReadonlyMap<string, string>> {
  const outcome = await installFiles(await planOf(files), archiveOf(files));
  if (!outcome.ok) throw new Error(`${outcome.verdict.code}: ${outcome.verdict.message}`);
  return new Map([...outcome.value].map(([path, bytes]) => [path, bytes.toString()]));
}

async function refused(files: Files): Promise<string> {
  const outcome = await installFiles(await planOf(files), archiveOf(files));
  if (outcome.ok) throw new Error('It was taken.');
  expect(outcome.verdict).toMatchObject({ code: 'depsRefused', stage: 'install' });
  return outcome.verdict.message;
}

const manifest = (dependencies: object = { a: '1.0.0' }, more: object = {}) => ({
  scripts: { start: 'node .', postinstall: 'evil' },
  dependencies,
  ...more,
});
const npm = (packages: object, more: object = {}): Files => ({
  'package.json': manifest(),
  'package-lock.json': {
    lockfileVersion: 3,
    packages: { '': { dependencies: { a: '1.0.0' } }, ...packages },
    ...more,
  },
});

describe('package.json', () => {
  test('reaches the install without scripts, engines and other wishes', async () => {
    const files = {
      'package.json': manifest(
        { a: '^1.0.0' },
        { engines: { node: '1' }, packageManager: 'npm@1', name: 'x' },
      ),
    };
    expect(JSON.parse((await cleaned(files)).get('package.json') ?? '')).toEqual({
      name: 'submission',
      version: '0.0.0',
      private: true,
      dependencies: { a: '^1.0.0' },
    });
  });

  test.each([
    '^1.0.0',
    '~1.2.3',
    '~1',
    '1',
    '*',
    'latest',
    '',
    '>=1 <3 || 4.x',
    'npm:b@^2',
    'npm:@s/b@2',
    '1.0.0 - 2.0.0',
  ])('may ask for %j', async (spec) => {
    expect((await cleaned({ 'package.json': manifest({ a: spec }) })).size).toBe(1);
  });

  test.each([
    'git+ssh://git@host/x.git',
    'git://host/x',
    'https://host/x.tgz',
    'http://host/x.tgz',
    'user/repo',
    'user/repo#branch',
    'github:user/repo',
    'gitlab:user/repo',
    'git@github.com:user/repo.git',
  ])('may not ask for %j', async (spec) => {
    expect(await refused({ 'package.json': manifest({ evil: spec }) })).toContain('"evil"');
    expect(await refused({ 'package.json': manifest({}, { devDependencies: { evil: spec } }) })).toContain(
      '"evil"',
    );
    expect(
      await refused({ 'package.json': manifest({ a: '1' }, { overrides: { b: { evil: spec } } }) }),
    ).toContain('"evil"');
  });

  test.each(['file:../evil', 'file:/etc', 'link:../../x', '../evil', '~/x', 'file:missing', '/etc/x.tgz'])(
    'may not lead out of the submission with %j',
    async (spec) => {
      expect(await refused({ 'package.json': manifest({ evil: spec }) })).toContain(
        'no package of this submission',
      );
    },
  );

  test('may not list ten thousand', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, '1.0.0']));
    expect(await refused({ 'package.json': manifest(many) })).toContain('lists 10000 packages');
  });

  test('may lead to a package in the submission', async () => {
    const files = {
      'package.json': manifest({ lib: 'file:./lib' }),
      'lib/package.json': { name: 'lib', version: '1.0.0' },
    };
    const taken = await cleaned(files);
    expect(JSON.parse(taken.get('lib/package.json') ?? '')).toEqual({
      name: 'lib',
      version: '1.0.0',
      private: true,
    });
  });
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

describe('pnpm-lock.yaml', () => {
  const pnpm = (packages: string, importers = ''): Files => ({
    'package.json': manifest(),
    'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n  .: {}\n${importers}\npackages:\n${packages}`,
  });

  test('is taken as it is when it names no other place', async () => {
    const files = pnpm(`  a@1.0.0:\n    resolution: {integrity: ${HASH}}\n`);
    expect((await cleaned(files)).get('pnpm-lock.yaml')).toBe(files['pnpm-lock.yaml']);
  });

  test('loses the addresses of other registries', async () => {
    const files = pnpm(
      `  a@1.0.0:\n    resolution: {integrity: ${HASH}, tarball: https://evil.example/a.tgz}\n`,
    );
    const lock = parse((await cleaned(files)).get('pnpm-lock.yaml') ?? '') as { packages: unknown };
    expect(lock.packages).toEqual({ 'a@1.0.0': { resolution: { integrity: HASH } } });
  });

  test.each([
    [
      'git',
      '  a@git+https://h/x#1:\n    resolution: {commit: abc, repo: https://h/x, type: git}\n',
      'Only packages',
    ],
    ['a tarball', '  a@https://h/x.tgz:\n    resolution: {tarball: https://h/x.tgz}\n', 'Only packages'],
    ['no integrity', '  a@1.0.0:\n    resolution: {tarball: https://h/x.tgz}\n', 'no integrity'],
    ['no resolution', '  a@1.0.0: {}\n', 'cannot be read'],
    [
      'a folder outside',
      '  x@file:../x:\n    resolution: {directory: ../x, type: directory}\n',
      'no package of this',
    ],
  ])('with %s is refused', async (_, packages, words) => {
    expect(await refused(pnpm(packages))).toContain(words);
  });

  test('with importers or links outside is refused', async () => {
    expect(await refused(pnpm('  {}', '  ../evil: {}'))).toContain('no package of this submission');
    const link = '  api:\n    dependencies:\n      x: {specifier: "*", version: link:../../x}';
    expect(await refused(pnpm('  {}', link))).toContain('no package of this submission');
  });

  test('that is no YAML, or a bomb of aliases, is refused', async () => {
    expect(await refused({ 'package.json': manifest(), 'pnpm-lock.yaml': 'just text' })).toContain(
      'cannot be read',
    );
    const level = (n: number): string =>
      `l${n}: &l${n} [${Array(9)
        .fill(`*l${n - 1}`)
        .join(',')}]\n`;
    const bomb = `l0: &l0 [x]\n${[1, 2, 3, 4, 5, 6, 7, 8].map(level).join('')}`;
    expect(await refused({ 'package.json': manifest(), 'pnpm-lock.yaml': bomb })).toContain('cannot be read');
  });

  test('its workspace file loses what runs something', async () => {
    const taken = await cleaned({
      ...pnpm('  {}'),
      'pnpm-workspace.yaml':
        'packages: [apps/*]\nscriptShell: ./evil\npnpmfile: ./evil.cjs\nregistries: {default: http://x}\ncatalog: {a: ^1.0.0}\n',
    });
    expect(parse(taken.get('pnpm-workspace.yaml') ?? '')).toEqual({
      packages: ['apps/*'],
      catalog: { a: '^1.0.0' },
    });
  });
});

describe('yarn.lock', () => {
  const yarn = (body: string): Files => ({
    'package.json': manifest(),
    'yarn.lock': `# yarn lockfile v1\n\n\n${body}`,
  });

  test('is rewritten to the registry', async () => {
    const files = yarn(
      [
        '"@s/b@^2.0.0", "@s/b@^2.1.0":',
        '  version "2.1.0"',
        '  resolved "https://evil.example/x.tgz#0123456789abcdef0123456789abcdef01234567"',
        `  integrity ${HASH}`,
        '  dependencies:',
        '    a "^1.0.0"',
        '',
        'alias@npm:real@1:',
        '  version "1.2.3"',
        `  integrity ${HASH}`,
        '',
      ].join('\r\n'),
    );
    expect((await cleaned(files)).get('yarn.lock')).toBe(
      [
        '# yarn lockfile v1',
        '',
        '"@s/b@^2.0.0", "@s/b@^2.1.0":',
        '  version "2.1.0"',
        `  integrity ${HASH}`,
        '  dependencies:',
        '    a "^1.0.0"',
        `  resolved "${REGISTRY}@s/b/-/b-2.1.0.tgz#0123456789abcdef0123456789abcdef01234567"`,
        '',
        '"alias@npm:real@1":',
        '  version "1.2.3"',
        `  integrity ${HASH}`,
        `  resolved "${REGISTRY}real/-/real-1.2.3.tgz"`,
        '',
      ].join('\n'),
    );
  });

  test.each([
    [
      'git',
      '"x@git+https://h/x.git":\n  version "1.0.0"\n  resolved "git+https://h/x.git#abc"\n',
      'Only packages',
    ],
    ['a GitHub shorthand', '"x@user/repo":\n  version "1.0.0"\n', 'Only packages'],
    ['an address', '"x@https://h/x.tgz":\n  version "1.0.0"\n', 'Only packages'],
    [
      'neither integrity nor checksum',
      'x@^1.0.0:\n  version "1.0.0"\n  resolved "https://h/x.tgz"\n',
      'no integrity',
    ],
    ['a folder outside', '"x@file:../x":\n  version "1.0.0"\n', 'no package of this submission'],
    ['text', 'hello\n', 'cannot be read'],
    ['lines of no entry', '  version "1"\n', 'cannot be read'],
  ])('with %s is refused', async (_, body, words) => {
    expect(await refused(yarn(body))).toContain(words);
  });
});
