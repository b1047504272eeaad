import { describe, expect, test } from '@jest/globals';
import { judge, policyOf } from '../../../harness/review/judge.js';
import { scoreRun } from '../../../harness/scoring/index.js';
import { check, finding, policy, record } from '../scoring/build.js';

const checks = [check('a'), check('b', { publicTitle: 'Public' }), check('c', { level: 'senior' })];
const rules = policy(checks, { T1: 2 });
const run = record([finding('a', 'pass'), finding('b', 'fail'), finding('c', 'pass')]);
const override = {
  check: 'b',
  outcome: 'pass',
  reason: 'The clock of the host was off.',
  by: 'Mia',
} as const;

describe('an override', () => {
  test('changes the score, and the scorecard says who, why and what was measured', () => {
    const card = judge(run, [override], rules);
    expect(card.overall.score).toBe(100);
    expect(card.checks[1]).toMatchObject({ outcome: 'pass', points: 2 });
    expect(card.checks[1]?.message).toBe(
      'Set to pass by Mia: The clock of the host was off. Measured was fail: b: fail',
    );
    expect(card.notes).toEqual([
      { code: 'overridden', message: expect.stringContaining('Mia set the check b') },
    ]);
  });

  test('can take a check out of the sum', () => {
    const card = judge(run, [{ ...override, outcome: 'notApplicable' }], rules);
    expect(card.overall.score).toBe(100);
    expect(card.checks[1]?.points).toBeNull();
  });

  test('of a check that is no more changes nothing', () => {
    expect(judge(run, [{ ...override, check: 'gone' }], rules)).toEqual(scoreRun(run, rules));
  });
});

test('a scorecard says itself what it was judged by', () => {
  const card = scoreRun(run, rules);
  expect(judge(run, [], policyOf(card))).toEqual(card);
});
