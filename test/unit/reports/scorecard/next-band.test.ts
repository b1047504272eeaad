import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Scorecard, ScorecardCheck } from '../../../../assessments/kit/schema/scorecard.js';
import { missedBars } from '../../../../reports/scorecard/view/next-band.js';

const CARD = JSON.parse(readFileSync('test/golden/webhook-receiver.scorecard.json', 'utf8')) as Scorecard;
const some = CARD.checks[0] as ScorecardCheck;

test('the bars that were missed, the most basic first, with what each would have needed', () => {
  const check = (id: string, change: Partial<ScorecardCheck>): ScorecardCheck => ({ ...some, id, ...change });
  const missed = { dimension: 'performance', outcome: 'fail' } as const;
  const checks = [
    check('excellent', { ...missed, level: 'senior', message: 'It would have to need 20 % less.' }),
    check('good', { ...missed, level: 'mid', message: 'It would have to need 5 % less.' }),
    check('bearable', { ...missed, outcome: 'pass', level: 'junior' }),
    check('unclear', { ...missed, outcome: 'inconclusive', level: 'junior' }),
    check('elsewhere', { ...missed, dimension: 'security' }),
  ];
  expect(missedBars({ checks }).map(({ anchor, level, detail }) => [anchor, level, detail])).toEqual([
    ['check-good', 'Mid', 'It would have to need 5 % less.'],
    ['check-excellent', 'Senior', 'It would have to need 20 % less.'],
  ]);
});
