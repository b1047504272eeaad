import { expect, test } from '@jest/globals';
import { contextFor } from './support.js';

const at = { host: '127.0.0.1', port: 1 };
const dataOf = (attempt: number): string => {
  const { t, close } = contextFor(at, () => true, attempt);
  close();
  return t.random.id(20);
};

test('a check has the same data for the same seed, and other data when it is tried again', () => {
  expect(dataOf(1)).toBe(dataOf(1));
  expect(dataOf(2)).not.toBe(dataOf(1));
});
