import { describe, expect, test } from '@jest/globals';
import { cleaned, manifest, refused } from './support.js';

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
