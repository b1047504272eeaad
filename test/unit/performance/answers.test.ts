import { expect, test } from '@jest/globals';
import { answersOf } from '../../../runners/performance/figures/answers.js';
import { segmentOf } from './support/segment.js';

const right = segmentOf({});
const halfWrong = segmentOf({ good: 150, wrongStatus: 150, fault: 'GET /: status 500' });

test('answers are counted where figures were taken, and wrong ones anywhere', () => {
  expect(answersOf([right], [right, halfWrong])).toEqual({
    requests: 300,
    right: 1,
    wrong: 0.25,
    fault: 'GET /: status 500',
  });
});

test('where no figure was taken turn by turn, all that was answered counts', () => {
  expect(answersOf([], [right, right])).toEqual({ requests: 600, right: 1, wrong: 0, fault: null });
});

test('a service that was asked nothing has answered nothing', () => {
  expect(answersOf([], [])).toEqual({ requests: 0, right: 0, wrong: 0, fault: null });
});
