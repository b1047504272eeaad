import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { corpusDir, readCorpus } from '../hostile/runner/corpus.js';
import { FIRST_LINE, LAST_LINE } from '../hostile/runner/schema.js';

/** The corpus answers for every line of the threat list, and for honest people too. */

const corpus = await readCorpus();
const gradings = corpus.flatMap(({ name, dir, expected }) =>
  expected.kind === 'grading' ? [{ name, dir, grading: expected }] : [],
);

test('every numbered line of the threat list has a fixture', () => {
  const covered = new Set(corpus.flatMap(({ expected }) => expected.lines));
  const all = Array.from({ length: LAST_LINE - FIRST_LINE + 1 }, (_, index) => FIRST_LINE + index);
  expect(all.filter((line) => !covered.has(line))).toEqual([]);
});

test('about half of the corpus is honest', () => {
  const honest = corpus.filter(({ expected }) => expected.nature !== 'hostile').length;
  expect(honest / corpus.length).toBeGreaterThan(0.4);
});

test('at least ten fixtures cheat at the first assessment, each under a stated ceiling', () => {
  const cheats = gradings.filter(
    ({ grading }) => grading.assessment === 'webhook-receiver' && grading.nature === 'hostile',
  );
  expect(cheats.length).toBeGreaterThanOrEqual(10);
  expect(cheats.filter(({ grading }) => !/^<=?\d/.test(grading.expect.score ?? ''))).toEqual([]);
});

test('what is odd but right loses nothing', () => {
  const losing = gradings.filter(
    ({ grading: { nature, expect: wanted } }) =>
      nature === 'odd' &&
      (wanted.verdict !== null || (wanted.score !== '100' && wanted.checks === undefined)),
  );
  expect(losing.map(({ name }) => name)).toEqual([]);
});

test.each(gradings.map(({ name, dir, grading }) => [name, dir, grading] as const))(
  '%s has something to hand in',
  (_name, dir, grading) => {
    const has = (path: string): boolean => existsSync(join(dir, path));
    if (grading.submit.as === 'git') expect(has('submission') || has('generate.ts')).toBe(false);
    else expect(has('submission') || has('generate.ts')).toBe(true);
    if (grading.submit.as === 'archives') expect(has('generate.ts')).toBe(true);
  },
);

describe('what stands elsewhere', () => {
  const pointers = corpus.flatMap(({ name, expected }) =>
    expected.kind === 'elsewhere' ? expected.coveredBy.map((at) => [name, at.file, at.test] as const) : [],
  );

  test.each(pointers)('%s: %s has "%s"', (_name, file, title) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(
      new RegExp(`test(\\.each\\([^]*?\\))?\\(\\s*['"\`]${escaped(title)}`),
    );
  });
});

test('every folder of the corpus is a fixture, the runner, the base or a pack', () => {
  const known = new Set([...corpus.map(({ name }) => name), 'base', 'pack', 'runner']);
  const folders = readdirSync(corpusDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
