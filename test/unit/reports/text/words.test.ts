import { expect, test } from '@jest/globals';
import {
  duration,
  figure,
  levelAsked,
  list,
  moment,
  plural,
  pointsWord,
  scoreWord,
} from '../../../../reports/text/words.js';
import { goldenScorecard } from '../../../golden/build/scorecard.js';

test.each([
  [0.4, '0.4 ms'],
  [412.6, '413 ms'],
  [8412, '8.4 s'],
  [59_960, '1 min 0 s'],
  [125_000, '2 min 5 s'],
])('%d ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test('figures, scores, points, counts, lists', () => {
  expect([figure(1234.567), scoreWord(null), scoreWord(70), pointsWord(null, 3), pointsWord(1.5, 3)]).toEqual(
    ['1,234.57', '–', '70.0', '– of 3', '1.5 of 3'],
  );
  expect([plural(1, 'check'), plural(2000, 'check'), list(['a']), list(['a', 'b', 'c'])]).toEqual([
    '1 check',
    '2,000 checks',
    'a',
    'a, b and c',
  ]);
});

test('a moment is said in UTC, and what is no date is left as it is', () => {
  expect(moment('2026-11-02T09:05:08.412Z')).toBe('2 Nov 2026, 09:05 UTC');
  expect(moment('yesterday')).toBe('yesterday');
});

test('a level that nothing stands above says so; one with more to reach does not', () => {
  const card = goldenScorecard();
  const topic = { ...card.topics[0]!, level: 'mid' } as const;
  const at = (level: 'mid' | 'senior') => [{ ...card.checks[0]!, topic: topic.id, level }];
  expect(levelAsked(topic, at('mid'))).toBe('Mid, the highest asked here');
  expect(levelAsked(topic, at('senior'))).toBe('Mid');
  expect(levelAsked({ ...topic, level: 'senior' }, at('senior'))).toBe('Senior');
  expect(levelAsked({ ...topic, level: null }, at('mid'))).toBe('Not measured');
});
