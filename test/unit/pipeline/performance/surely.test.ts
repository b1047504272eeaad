import { expect, test } from '@jest/globals';
import { surely } from '../../../../harness/pipeline/performance/surely.js';

/** Measures these one after the other; each is how much of it could not be told. */
async function measured(...doubts: number[]) {
  let again = 0;
  let at = 0;
  const stands = await surely(
    async () => ({ at, doubt: doubts[at++] ?? 0 }),
    ({ doubt }) => doubt,
    () => again++,
  );
  return { again, stands: stands.at };
}

test.each([
  ['no doubt: measured once', [0], { again: 0, stands: 0 }],
  ['a doubt that is gone', [2, 0], { again: 1, stands: 1 }],
  ['a doubt that stays: not a third time', [2, 2, 0], { again: 1, stands: 1 }],
  ['more doubt than before: the first stands', [1, 3], { again: 1, stands: 0 }],
])('%s', async (_what, doubts, expected) => {
  expect(await measured(...doubts)).toEqual(expected);
});
