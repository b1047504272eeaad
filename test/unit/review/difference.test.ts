import { describe, expect, test } from '@jest/globals';
import { differenceOf } from '../../../harness/review/regrade/difference.js';
import { scoreRun } from '../../../harness/scoring/index.js';
import { check, finding, policy, record } from '../scoring/build.js';

const checks = [check('a'), check('b', { points: 3 }), check('c', { topic: 'T4' })];
const weights = { T1: 1, T4: 1 };
const run = record([finding('a', 'pass'), finding('b', 'fail'), finding('c', 'pass')]);
const before = scoreRun(run, policy(checks, weights));

describe('what another judgement changes', () => {
  test('the same one changes nothing', () => {
    expect(differenceOf(before, before, 70)).toEqual({
      before: 70,
      after: 70,
      crosses: null,
      causes: [],
      levels: [],
      policyChanged: false,
    });
  });

  test('an outcome that is another now is named with its effect, and the bar that is crossed', () => {
    const again = record([finding('a', 'pass'), finding('b', 'pass'), finding('c', 'fail')]);
    const after = scoreRun(again, policy(checks, weights));
    const difference = differenceOf(before, after, 60);
    expect(difference).toMatchObject({ before: 70, after: 50, crosses: 'down' });
    expect(difference.causes.map(({ check: id, kind, effect }) => [id, kind, effect])).toEqual([
      ['c', 'outcome', -50],
      ['b', 'outcome', 30],
    ]);
    expect(difference.causes[0]).toMatchObject({
      before: 'passed, 2 of 2 points',
      after: 'failed, 0 of 2 points',
    });
    expect(difference.levels).toHaveLength(2);
  });

  test('checks that came, went or weigh something else are told apart', () => {
    const others = [check('a'), check('b', { points: 1 }), check('new', { topic: 'T4' })];
    const after = scoreRun(
      record([finding('a', 'pass'), finding('b', 'fail'), finding('new', 'fail')]),
      policy(others, weights),
    );
    const { causes } = differenceOf(before, after, 70);
    expect(causes.map(({ check: id, kind, effect }) => [id, kind, effect])).toEqual([
      ['new', 'added', -33.4],
      ['c', 'removed', -25],
      ['b', 'points', 13.3],
    ]);
  });

  test('weights alone are a change of policy, and cross a bar without any check', () => {
    const after = scoreRun(run, policy(checks, { T1: 1, T4: 3 }));
    expect(differenceOf(before, after, 80)).toMatchObject({
      after: 85,
      crosses: 'up',
      causes: [],
      policyChanged: true,
    });
  });

  test('a total that is not known crosses nothing', () => {
    const lost = scoreRun(
      record([finding('a', 'error'), finding('b', 'error'), finding('c', 'error')]),
      policy(checks, weights),
    );
    expect(differenceOf(before, lost, 70)).toMatchObject({ after: null, crosses: null });
  });
});
