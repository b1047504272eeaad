import { expect, test } from '@jest/globals';
import { lastUsed } from '../../../harness/api/last-used.js';

test('what was asked for last is kept, the rest is made anew', async () => {
  const kept = lastUsed<string>(2);
  const made: string[] = [];
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) {
    await kept(key, async () => {
      made.push(key);
      return key;
    });
  }
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

test('what could not be made is not kept', async () => {
  const kept = lastUsed<number>(2);
  await expect(kept('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await kept('a', async () => 1)).toBe(1);
});
