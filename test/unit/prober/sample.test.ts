import { expect, test } from '@jest/globals';
import { difference } from '../../../runners/prober/agent/sample.js';

const distinct = ['a', 'b', 'c', 'd'];

test.each<[string, string[], string[], RegExp | null]>([
  ['the same answers', distinct, distinct, null],
  ['other answers of their own', distinct, ['e', 'f', 'g', 'h'], null],
  ['bodies that are gone', distinct, ['', '', 'c', 'd'], /^2 of 4 sampled answers to GET had no body/],
  ['one answer for all', distinct, ['x', 'x', 'x', 'x'], /^4 different GET requests got one and the same/],
  ['one answer for all at rest as well', ['ok', 'ok', 'ok'], ['ok', 'ok', 'ok'], null],
  ['some empty answers at rest as well', ['', 'a', '', ''], ['', '', '', ''], null],
  ['too few to tell', distinct, ['x', 'x'], null],
  ['nothing at rest', [], ['', '', ''], null],
  ['nothing to compare', [], [], null],
])('%s', (_what, atRest, underLoad, said) => {
  const found = difference(answers('GET', atRest), answers('GET', underLoad));
  if (said === null) expect(found).toBeNull();
  else expect(found).toMatch(said);
});

test('one answer for each method', () => {
  const atRest = [...answers('POST', distinct), ...answers('GET', distinct)];
  const same = ['x', 'x', 'x'];
  expect(difference(atRest, [...answers('POST', same), ...answers('GET', ['y', 'y', 'y'])])).toMatch(
    /^3 different POST/,
  );
  expect(difference(atRest, [...answers('POST', distinct), ...answers('GET', same)])).toMatch(
    /^3 different GET/,
  );
});

const answers = (method: string, texts: readonly string[]) => texts.map((text) => ({ method, text }));
