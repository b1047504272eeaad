import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { scorecardSchema, type Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { judge } from '../../hostile/runner/judge.js';

const golden = scorecardSchema.parse(
  JSON.parse(readFileSync('test/golden/webhook-receiver.scorecard.json', 'utf8')),
);
const [passed] = golden.checks.filter(({ outcome }) => outcome === 'pass') as [Scorecard['checks'][number]];
const card: Scorecard = {
  ...golden,
  status: 'graded',
  verdict: null,
  overall: { score: 80, range: null, notMeasured: [] },
  checks: [passed],
  notes: [{ code: 'listenedElsewhere', message: 'On 8080.' }],
};
const ordinary = { status: 'graded', verdict: null, maxSeconds: 10 } as const;

describe('judge', () => {
  test('what is as expected has no problem', () => {
    expect(judge({ ...ordinary, score: '80', notes: ['listenedElsewhere'] }, card, 5)).toEqual([]);
  });

  test.each([
    ['a verdict that nobody expected', ordinary, { verdict: verdict('exited') }],
    ['another verdict', { ...ordinary, verdict: { code: 'outOfMemory' } }, { verdict: verdict('exited') }],
    ['no verdict where one is due', { ...ordinary, verdict: { code: 'exited' } }, {}],
    [
      'another stage',
      { ...ordinary, verdict: { code: 'exited', stage: 'install' } },
      { verdict: verdict('exited') },
    ],
    [
      'nobody told',
      { ...ordinary, verdict: { code: 'exited', says: ['nodemon'] } },
      { verdict: verdict('exited') },
    ],
    ['a score outside', { ...ordinary, score: '<=20' }, {}],
    [
      'more earned than a ceiling allows',
      { ...ordinary, score: '<=20' },
      { overall: { score: 24, range: { low: 21, high: 30 }, notMeasured: ['a'] } },
    ],
    ['a missing note', { ...ordinary, notes: ['outOfMemory'] }, {}],
    ['an unwanted note', { ...ordinary, withoutNotes: ['listenedElsewhere'] }, {}],
    ['a check that is not there', { ...ordinary, checks: { 'no-such-check': 'pass' } }, {}],
    ['a fault that looks ours', ordinary, { checks: [{ ...passed, outcome: 'error' }] }],
  ] as const)('%s is a problem', (_what, expectation, changes) => {
    const problems = judge(mutable(expectation), { ...card, ...mutable(changes) } as Scorecard, 5);
    expect(problems).toHaveLength(1);
  });

  test('a run that took too long is a problem', () => {
    expect(judge(ordinary, card, 11)).toEqual(['took 11 s, more than 10 s']);
  });

  test('one of several verdicts will do, none included', () => {
    const either = { ...ordinary, verdict: { code: ['none', 'outOfMemory'] as ('none' | 'outOfMemory')[] } };
    expect(judge(either, card, 5)).toEqual([]);
    expect(judge(either, { ...card, verdict: verdict('outOfMemory') }, 5)).toEqual([]);
    expect(judge(either, { ...card, verdict: verdict('exited') }, 5)).toHaveLength(1);
  });
});

function verdict(code: 'exited' | 'outOfMemory'): NonNullable<Scorecard['verdict']> {
  return { code, stage: 'boot', message: 'The service ended.', logTail: '' };
}

/** The table is `as const`, which makes its lists read-only. */
function mutable<T>(value: T): Parameters<typeof judge>[0] {
  return structuredClone(value) as Parameters<typeof judge>[0];
}
