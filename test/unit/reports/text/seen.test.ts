import { expect, test } from '@jest/globals';
import { seen } from '../../../../reports/text/seen.js';

test.each([
  [
    'more calls were open at once than the bound allows',
    'at most 3',
    '6',
    'More calls were open at once than the bound allows: expected at most 3, observed 6.',
  ],
  ['an error had no reason', null, 'none', 'An error had no reason: observed none.'],
  [
    'a wrong signature: status 202 instead of 401',
    'status 401',
    'status 202',
    'A wrong signature: status 202 instead of 401.',
  ],
  [
    '/healthz took up to 1840 ms while others worked.',
    'at most 300 ms',
    '1840 ms',
    '/healthz took up to 1840 ms while others worked.',
  ],
  ['proof.minted did not come', 'proof.minted', null, 'proof.minted did not come.'],
])('%s', (message, expected, observed, sentence) => {
  expect(seen({ message, expected, observed })).toBe(sentence);
});
