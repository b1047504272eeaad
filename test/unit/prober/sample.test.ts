import { expect, test } from '@jest/globals';
import { difference } from '../../../runners/prober/agent/sample.js';

const distinct = ['a', 'b', 'c', 'd'];

test.each<[string, (string | null)[], (string | null)[], RegExp | null]>([
  ['the same answers', distinct, distinct, null],
  ['other answers of their own', distinct, ['e', 'f', 'g', 'h'], null],
  ['bodies that are gone', distinct, ['', '', 'c', 'd'], /^2 of 4 sampled answers had no body/],
  ['one answer for all', distinct, ['x', 'x', 'x', 'x'], /^4 different requests got one and the same/],
  ['one answer for all at rest as well', ['ok', 'ok', 'ok', 'ok'], ['ok', 'ok', 'ok', 'ok'], null],
  ['empty answers at rest as well', ['', '', '', ''], ['', '', '', ''], null],
  ['refusals under load', distinct, [null, null, null, 'd'], null],
  ['nothing to compare', [], [], null],
])('%s', (_what, atRest, underLoad, said) => {
  const found = difference(atRest, underLoad);
  if (said === null) expect(found).toBeNull();
  else expect(found).toMatch(said);
});
