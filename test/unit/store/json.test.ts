import { expect, test } from '@jest/globals';
import { jsonb } from '../../../harness/store/json.js';

test.each([
  ['plain', 'plain'],
  ['nul \0', 'nul \ufffd'],
  ['high \ud83d alone', 'high \ufffd alone'],
  ['low \ude00 alone', 'low \ufffd alone'],
  ['a pair 😀', 'a pair 😀'],
  ['written out \\u0000', 'written out \\u0000'],
  ['after a backslash \\\0', 'after a backslash \\\ufffd'],
  ['control \u001b[31m', 'control \u001b[31m'],
])('%j is stored as %j', (text, stored) => {
  expect(JSON.parse(jsonb({ [text]: [text] }))).toEqual({ [stored]: [stored] });
});

test('numbers that JSON does not have become null', () => {
  expect(jsonb({ a: NaN, b: Infinity })).toBe('{"a":null,"b":null}');
});
