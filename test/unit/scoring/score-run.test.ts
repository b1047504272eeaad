import { describe, expect, test } from '@jest/globals';
import type { CheckMeta, Finding, Verdict } from '../../../assessments/kit/index.js';
import { scoreRun } from '../../../harness/scoring/index.js';
import { check, finding, policy, record } from './build.js';

const score = (checks: readonly CheckMeta[], outcomes: readonly Finding['outcome'][]) =>
  scoreRun(record(checks.map((item, index) => finding(item.id, outcomes[index] ?? 'pass'))), policy(checks));

describe('points and scores', () => {
  const checks = [
    check('a', { points: 3 }),
    check('b', { points: 1 }),
    check('c', { points: 2, dimension: 'security' }),
  ];

  test('points are the fraction of what a check is worth', () => {
    const card = score(checks, ['pass', 'fail', 'partial']);
    expect(card.checks.map((item) => item.points)).toEqual([3, 0, 1]);
    expect(card.topics[0]?.score).toBe(66.7);
    expect(card.overall).toEqual({ score: 66.7, range: { low: 66.7, high: 66.7 }, notMeasured: [] });
  });

  test('a dimension without checks has no score, never NaN', () => {
    const { dimensions } = score(checks, ['pass', 'fail', 'fail']);
    expect(dimensions).toEqual({
      correctness: { score: 75 },
      security: { score: 0 },
      performance: { score: null },
      testing: { score: null },
    });
  });

  test('what does not apply leaves the sum', () => {
    const card = score(checks, ['notApplicable', 'fail', 'pass']);
    expect(card.overall.score).toBe(66.7);
    expect(card.overall.notMeasured).toEqual([]);
    expect(card.checks[0]?.points).toBeNull();
  });

  test('topics count by their weights, and one without a weight does not count', () => {
    const list = [check('a'), check('b', { topic: 'T4' }), check('c', { topic: 'T9' })];
    const found = [finding('a', 'pass'), finding('b', 'fail'), finding('c', 'fail')];
    expect(scoreRun(record(found), policy(list, { T1: 3, T4: 1 })).overall.score).toBe(75);
    expect(scoreRun(record(found), policy(list, {})).overall.score).toBeNull();
  });

  test('rounds half up whatever binary fractions make of it', () => {
    const list = Array.from({ length: 80 }, (_, index) => check(`c${index}`, { points: 1 }));
    const passed = score(
      list,
      list.map((_, index) => (index < 53 ? 'pass' : 'fail')),
    );
    expect(passed.overall.score).toBe(66.3);
  });
});

describe('null is not zero', () => {
  const four = ['a', 'b', 'c', 'd'].map((id) => check(id, { points: 1 }));

  test('an unmeasured check costs nothing, is listed, and widens the range', () => {
    const card = score(four, ['pass', 'pass', 'fail', 'error']);
    expect(card.overall).toEqual({ score: 66.7, range: { low: 50, high: 75 }, notMeasured: ['d'] });
    expect(card.topics[0]?.reason).toContain(
      '1 check without a result, through no doing of the candidate, is left out',
    );
  });

  test('exactly half of the points is enough, less is no score', () => {
    expect(score(four, ['pass', 'fail', 'inconclusive', 'error']).overall.score).toBe(50);
    const card = score(four, ['pass', 'error', 'inconclusive', 'error']);
    expect(card.overall).toEqual({ score: null, range: null, notMeasured: ['b', 'c', 'd'] });
    expect(card.topics[0]).toMatchObject({ score: null, level: null });
    expect(card.topics[0]?.reason).toMatch(/^Not measured: 3 of 4 checks ended without a result/);
  });

  test('no total when the topics with a score hold under half of the weight', () => {
    const list = [check('a'), check('b', { topic: 'T4' })];
    const found = [finding('a', 'error'), finding('b', 'pass')];
    expect(scoreRun(record(found), policy(list, { T1: 2, T4: 1 })).overall.score).toBeNull();
    expect(scoreRun(record(found), policy(list, { T1: 1, T4: 1 })).overall.score).toBe(100);
  });

  test('a topic to which nothing applies says so', () => {
    const card = score(four, ['notApplicable', 'notApplicable', 'notApplicable', 'notApplicable']);
    expect(card.topics[0]).toMatchObject({ score: null, level: null });
    expect(card.topics[0]?.reason).toBe('Not measured: no check of this topic applies to this submission.');
    expect(card.overall.score).toBeNull();
  });
});

describe('runs that ended early', () => {
  const list = [check('a'), check('b', { topic: 'T4', level: 'senior' })];
  const verdict = (code: Verdict['code'], stage: Verdict['stage']): Verdict => ({
    code,
    stage,
    message: 'm',
    logTail: '',
  });

  test('by the submission: nothing earned, below in every topic, and the stage is named', () => {
    const found = list.map((item) => finding(item.id, 'fail'));
    const card = scoreRun(
      record(found, { verdict: verdict('neverReady', 'boot') }),
      policy(list, { T1: 1, T4: 1 }),
    );
    expect(card.overall.score).toBe(0);
    expect(card.topics.map((topic) => topic.level)).toEqual(['below', 'below']);
    expect(card.topics[0]?.reason).toBe(
      'The submission ended early, in the boot stage; nothing in this topic earned a point.',
    );
  });

  test.each([
    ['notGraded', 'internal', 'Not graded through a fault of the platform'],
    ['rejected', 'archiveUnsafe', 'The submission was refused before anything ran'],
  ] as const)('%s: no score anywhere, whatever the findings say', (status, code, reason) => {
    const found = [finding('a', 'pass'), finding('b', 'error')];
    const card = scoreRun(
      record(found, { status, verdict: verdict(code, 'intake') }),
      policy(list, { T1: 1 }),
    );
    expect(card.overall).toEqual({ score: null, range: null, notMeasured: ['a', 'b'] });
    expect(card.topics.every((topic) => topic.score === null && topic.level === null)).toBe(true);
    expect(card.topics[0]?.reason).toContain(reason);
    expect(card.checks.map((item) => item.points)).toEqual([null, null]);
  });
});

describe('what cannot be judged is refused', () => {
  const list = [check('a'), check('b')];
  const both = [finding('a', 'pass'), finding('b', 'fail')];

  test.each([
    ['a missing finding', [finding('a', 'pass')], 'declared but not reported: b'],
    ['an unknown finding', [...both, finding('x', 'pass')], 'reported but not declared: x'],
    ['a finding twice', [...both, finding('a', 'pass')], 'reported twice: a'],
  ])('%s', (_name, found, message) => {
    expect(() => scoreRun(record(found), policy(list))).toThrow(
      expect.objectContaining({ code: 'findingsIncomplete', message: expect.stringContaining(message) }),
    );
  });

  test.each([
    ['NaN', 'partial', Number.NaN],
    ['over one', 'partial', 1.5],
    ['negative', 'partial', -0.1],
    ['a pass of half', 'pass', 0.5],
    ['an error with points', 'error', 1],
    ['infinite', 'partial', Number.POSITIVE_INFINITY],
  ] as const)('a fraction that is %s', (_name, outcome, fraction) => {
    const found = [finding('a', outcome, fraction), finding('b', 'pass')];
    expect(() => scoreRun(record(found), policy(list))).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
  });

  test('a check that is worth nothing, a weight below zero, a status that contradicts its verdict', () => {
    const fault = expect.objectContaining({ name: 'ScoringError', code: 'internal' });
    expect(() => scoreRun(record([finding('a', 'pass')]), policy([check('a', { points: 0 })]))).toThrow(
      fault,
    );
    expect(() => scoreRun(record(both), policy(list, { T1: -1 }))).toThrow(fault);
    expect(() => scoreRun(record(both, { status: 'notGraded' }), policy(list))).toThrow(fault);
    const ours: Verdict = { code: 'internal', stage: 'boot', message: 'm', logTail: '' };
    expect(() => scoreRun(record(both, { verdict: ours }), policy(list))).toThrow(fault);
  });
});
