import { expect, test } from '@jest/globals';
import { matchesGlob } from '../../../runners/install/plan/globs.js';

test.each([
  ['packages/*', 'packages/lib'],
  ['*', 'api'],
  ['apps/**', 'apps/a'],
  ['apps/**', 'apps/a/b/c'],
  ['**/api', 'api'],
  ['**/api', 'x/y/api'],
  ['packages/*-lib', 'packages/my-lib'],
  ['p*k*s/*', 'packages/x'],
  ['a.b/*', 'a.b/c'],
  ['**/**/x', 'a/x'],
])('%s means %s', (glob, path) => {
  expect(matchesGlob(glob, path)).toBe(true);
});

test.each([
  ['packages/*', 'packages'],
  ['packages/*', 'packages/a/b'],
  ['packages/*', 'other/a'],
  ['*-lib', 'lib'],
  ['ab*ba', 'aba'],
  ['a.b/*', 'axb/c'],
  ['', 'a'],
])('%j does not mean %s', (glob, path) => {
  expect(matchesGlob(glob, path)).toBe(false);
});

test('no pattern takes long, whatever it is made of', () => {
  const before = performance.now();
  expect(matchesGlob(`${'a*'.repeat(100)}b`, 'a'.repeat(255))).toBe(false);
  expect(matchesGlob(`${'**/'.repeat(60)}x`, 'a/'.repeat(31).slice(0, -1))).toBe(false);
  expect(matchesGlob(`${'*a*'.repeat(66)}/b`, `${'a'.repeat(255)}/c`)).toBe(false);
  expect(performance.now() - before).toBeLessThan(4000);
});
