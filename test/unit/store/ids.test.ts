import { expect, test } from '@jest/globals';
import { newId } from '../../../harness/store/ids.js';

test('ids are unique, fit for labels, URLs and job names, and sort by age', async () => {
  const ids = Array.from({ length: 1000 }, () => newId('run'));
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^run-[0-9a-z]{26}$/);
  const before = newId('sub');
  await new Promise((resolve) => setTimeout(resolve, 3));
  expect(newId('sub') > before).toBe(true);
});
