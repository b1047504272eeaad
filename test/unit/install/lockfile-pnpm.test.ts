import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { HASH, cleaned, manifest, refused, type Files } from './support.js';

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
    const lock = load((await cleaned(files)).get('pnpm-lock.yaml') ?? '') as { packages: unknown };
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
    expect(load(taken.get('pnpm-workspace.yaml') ?? '')).toEqual({
      packages: ['apps/*'],
      catalog: { a: '^1.0.0' },
    });
  });
});
