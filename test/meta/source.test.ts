import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

/** Rules about the code itself that no compiler keeps. */

const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const isFixture = (file: string): boolean =>
  /^test\/(golden|hostile|fixtures)\/|\/(solutions|equivalents|cheats|mutants|starter)\//.test(file);
const isGenerated = (file: string): boolean => file.endsWith('.d.ts');
const sources = tracked.filter(
  (file) => /\.(ts|mjs|cjs|hbs|css|sh)$/.test(file) && !isFixture(file) && !isGenerated(file),
);
const read = (file: string): string => readFileSync(file, 'utf8');
const linesOf = (file: string): string[] => read(file).split('\n');
const offenders = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap((file) =>
    linesOf(file).flatMap((line, index) =>
      pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
    ),
  );

test('there are sources to look at', () => {
  expect(sources.length).toBeGreaterThan(50);
});

describe('sizes', () => {
  test('no file is over 250 lines, no file of tests over 450', () => {
    const most = (file: string): number => (file.endsWith('.test.ts') ? 450 : 250);
    const long = sources.filter((file) => linesOf(file).length > most(file) && !file.endsWith('.css'));
    expect(long).toEqual([]);
  });

  test('most files are under 150 lines', () => {
    const under = sources.filter((file) => linesOf(file).length <= 150);
    expect(under.length / sources.length).toBeGreaterThan(0.85);
  });
});

describe('nothing is left half done', () => {
  const self = 'test/meta/source.test.ts';
  const others = sources.filter((file) => file !== self);

  test.each([
    ['markers of unfinished work', /\b(TODO|FIXME|XXX|HACK)\b/],
    ['silenced types', /\bas any\b|@ts-(ignore|nocheck|expect-error)/],
    ['unescaped template output', /\{\{\{/],
    ['tests run alone', /\b(describe|test|it)\.only\(/],
    ['tests repeated until they pass', /retryTimes\(/],
  ])('no %s', (_name, pattern) => {
    expect(offenders(others, pattern)).toEqual([]);
  });

  test('a skipped test says why on the line above', () => {
    const silent = others.flatMap((file) =>
      linesOf(file).flatMap((line, index, all) =>
        /\b(describe|test|it)\.skip\(/.test(line) && !/^\s*\/\/ \S+ \S+/.test(all[index - 1] ?? '')
          ? [`${file}:${index + 1}`]
          : [],
      ),
    );
    expect(silent).toEqual([]);
  });
});

describe('nothing of one machine is in the repo', () => {
  const text = tracked.filter(
    (file) => /\.(ts|mjs|cjs|js|json|md|yaml|yml|sh|hbs)$/.test(file) || file.endsWith('.ci/run'),
  );

  test('lockfiles name no download address', () => {
    const locks = tracked.filter(
      (file) =>
        /(package-lock\.json|pnpm-lock\.yaml|yarn\.lock)$/.test(file) && !file.startsWith('test/hostile/'),
    );
    expect(locks.length).toBeGreaterThan(0);
    expect(offenders(locks, /"?resolved"?:? "https?:/)).toEqual([]);
  });

  test('no host name of a package registry outside of the hostile corpus', () => {
    const allowed = text.filter((file) => !file.startsWith('test/'));
    expect(offenders(allowed, /registry\.(npmjs|yarnpkg)\.(org|com)|deb\.debian\.org/)).toEqual([]);
  });
});

describe('the rooms', () => {
  test('top-level folders are the fixed ones', () => {
    const folders = new Set(tracked.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));
    expect([...folders].filter((folder) => !folder?.startsWith('.')).sort()).toEqual([
      'assessments',
      'docker',
      'harness',
      'reports',
      'runners',
      'test',
    ]);
  });

  test('every room that ARCHITECTURE.md names exists', () => {
    const named = [
      ...read('ARCHITECTURE.md').matchAll(/`((?:assessments|runners|reports|harness)\/[a-z]+)`/g),
    ].map((match) => match[1] as string);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((folder) => !tracked.some((file) => file.startsWith(`${folder}/`)))).toEqual([]);
  });

  test('the version stands in one place', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const repeated = sources.filter(
      (file) =>
        /\.(ts|mjs)$/.test(file) &&
        read(file).includes(`'${version}'`) &&
        /^(harness|reports|docker)\//.test(file),
    );
    expect(repeated).toEqual([]);
  });
});
