import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { compare } from '../../../harness/review/similarity/compare.js';
import { fingerprint, runsOf } from '../../../harness/review/similarity/prints.js';
import { tokenize, type TokenFile } from '../../../harness/review/similarity/tokens.js';
import { isSource } from '../../../harness/source/lexemes.js';

const PACK = join(process.cwd(), 'assessments/webhook-receiver');

function code(folder: string): TokenFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isSource)
    .map((path) => tokenize({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

/** What somebody does who wants to hide a copy: other names, texts and layout, comments, files put together in another order. */
function disguised(folder: string): TokenFile[] {
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isSource)
    .reverse()
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n')
    .replace(/\b(request|response|proof|store|value|body|config|delivery|id)\b/g, (name) => `${name}Thing`)
    .replace(/;\n/g, '; // why\n\n');
  return [tokenize({ path: 'all.js', text })];
}

const starter = runsOf(code(join(PACK, 'brief/starter')));
const senior = code(join(PACK, 'solutions/senior'));

describe('what is compared', () => {
  test('names, values, comments and layout leave no trace', () => {
    const one = tokenize({ path: 'a.js', text: 'const total = sum(1, "a"); // adds\nreturn `x${y}`' });
    const other = tokenize({ path: 'b.ts', text: "/* no */ const\n n =\n add(29, 'bc') ;return `z`" });
    expect(other.tokens).toEqual(one.tokens);
    expect(other.lines.slice(0, 3)).toEqual([1, 2, 2]);
  });

  test('what was not written by hand is left out', () => {
    expect(['src/a.mjs', 'b.tsx'].every(isSource)).toBe(true);
    expect(['dist/a.js', 'a.min.js', 'types.d.ts', 'README.md'].some(isSource)).toBe(false);
    expect(tokenize({ path: 'a.js', text: 'a();'.repeat(1000) }).tokens).toEqual([]);
  });

  test.each(['"'.repeat(150_000), '`\\'.repeat(60_000), '/*'.repeat(90_000), '<'.repeat(190_000)])(
    'a hostile file takes no time (%#)',
    (text) => {
      const began = performance.now();
      tokenize({ path: 'a.js', text: text.replace(/.{100}/g, '$&\n') });
      expect(performance.now() - began).toBeLessThan(4000);
    },
  );
});

describe('how alike two are', () => {
  test('a disguised copy is found, with its places', () => {
    const { left, right, fragments } = compare(senior, disguised(join(PACK, 'solutions/senior')), starter);
    expect(left).toBeGreaterThan(0.95);
    expect(right).toBeGreaterThan(0.95);
    const [longest] = fragments;
    expect(longest?.left.to).toBeGreaterThan(longest?.left.from ?? Infinity);
    expect(longest?.right.path).toBe('all.js');
  });

  test.each(['equivalents/commonjs-node-http', 'equivalents/typescript-fastify', 'solutions/junior'])(
    'an honest other solution is not a copy: %s',
    (folder) => {
      const { left, right } = compare(senior, code(join(PACK, folder)), starter);
      expect(Math.max(left ?? 0, right ?? 0)).toBeLessThan(0.1);
    },
  );

  test('code that repeats itself without end is compared in bounded time', () => {
    const endless = [tokenize({ path: 'a.js', text: 'x = x + 1;\n'.repeat(5_000) })];
    const began = performance.now();
    expect(compare(endless, endless, new Set()).left).toBeGreaterThan(0.9);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('the starter counts for nothing', () => {
    const given = code(join(PACK, 'brief/starter'));
    expect(compare(given, given, starter)).toEqual({ left: null, right: null, fragments: [] });
    expect(fingerprint(given, starter)).toEqual([]);
  });

  test('a copy shares most of its prints, an honest one few', () => {
    const prints = new Set(fingerprint(senior, starter));
    const shared = (other: readonly TokenFile[]): number => {
      const theirs = fingerprint(other, starter);
      return theirs.filter((print) => prints.has(print)).length / theirs.length;
    };
    expect(shared(disguised(join(PACK, 'solutions/senior')))).toBeGreaterThan(0.8);
    expect(shared(code(join(PACK, 'equivalents/typescript-fastify')))).toBeLessThan(0.2);
  });
});
