import { expect, test } from '@jest/globals';
import { seen } from '../../../../reports/text/seen.js';

test.each([
  [
    'the bound on open calls must hold',
    'at most 3',
    '6',
    'The bound on open calls must hold: expected at most 3, observed 6.',
  ],
  ['a proof must have an ETag', null, 'none', 'A proof must have an ETag: observed none.'],
  [
    '/healthz took up to 1840 ms while others worked.',
    'at most 300 ms',
    '1840 ms',
    '/healthz took up to 1840 ms while others worked.',
  ],
  ['proof.minted must come', 'proof.minted', null, 'proof.minted must come.'],
])('%s', (message, expected, observed, sentence) => {
  expect(seen({ message, expected, observed })).toBe(sentence);
});
