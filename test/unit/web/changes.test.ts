import { expect, test } from '@jest/globals';
import type { Difference } from '../../../harness/review/regrade/difference.js';
import { changesOf, totalChange } from '../../../harness/web/regrades/changes.js';

const cause = (title: string, effect: number): Difference['causes'][number] => ({
  check: title,
  title,
  kind: 'outcome',
  before: 'failed, 0 of 2 points',
  after: 'passed, 2 of 2 points',
  effect,
});
const DIFFERENCE: Difference = {
  before: 70,
  after: 61.5,
  crosses: 'down',
  causes: [cause('One', -8.5), cause('Two', 0)],
  levels: [{ topic: 'REST', before: 'mid', after: null }],
  policyChanged: true,
};

test('every check is told with what it did to the total, then levels and policy', () => {
  expect(changesOf(DIFFERENCE)).toEqual([
    'One: failed, 0 of 2 points, now passed, 2 of 2 points (−8.5)',
    'Two: failed, 0 of 2 points, now passed, 2 of 2 points',
    expect.stringMatching(/^REST: Mid, now /),
    'Weights or bars have changed',
  ]);
});

test('where there is little room, further checks are counted', () => {
  const [first, rest] = changesOf({ ...DIFFERENCE, levels: [], policyChanged: false }, 1);
  expect([first?.startsWith('One'), rest]).toEqual([true, '1 further check']);
});

test.each([
  [70, 61.5, '−8.5'],
  [61.5, 70, '+8.5'],
  [70, 70.01, 'same'],
  [null, 70, ''],
  [70, null, ''],
])('from %p to %p is %j', (before, after, words) => {
  expect(totalChange({ ...DIFFERENCE, before, after })).toBe(words);
});
