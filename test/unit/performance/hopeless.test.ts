import { expect, test } from '@jest/globals';
import { hopeless } from '../../../runners/performance/figures/hopeless.js';
import type { Pair } from '../../../runners/performance/measure/course.js';
import type { Segment } from '../../../runners/performance/measure/segment.js';
import type { Driven } from '../../../runners/performance/types.js';
import { segmentOf } from './support/segment.js';

const segment = (good: number, change: Partial<Driven> = {}): Segment => segmentOf({ good, ...change });
const pair = (candidate: Segment, reference = segment(900)): Pair => ({ candidate, reference });

test.each([
  ['as good as the reference', pair(segment(900)), null],
  ['a hundred times slower, but each in a tenth of a second', pair(segment(30)), null],
  ['hardly an answer', pair(segment(1, { ms: 1200 })), 'hardly answered'],
  ['none at all', pair(segment(0, { ms: 1200 })), 'hardly answered'],
  ['errors, quickly', pair(segment(3, { wrongStatus: 897, fault: 'GET /x: answered 500' })), 'answered 500'],
  ['empty bodies, quickly', pair(segment(0, { empty: 900 })), 'Only 0 %'],
  ['slow as the reference is on this machine', pair(segment(1), segment(2, { ms: 1000 })), null],
  ['wrong as the reference', pair(segment(0, { lost: 9 }), segment(0, { lost: 9 })), null],
])('%s', (_what, one, expected) => {
  const words = hopeless([one, one], 10);
  if (expected === null) expect(words).toBeNull();
  else expect(words).toContain(expected);
});

test('nothing measured is no reason to end', () => {
  expect(hopeless([], 10)).toBeNull();
});
