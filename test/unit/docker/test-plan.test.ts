import { expect, test } from '@jest/globals';
import { chosenPlan, wholePlan } from '../../../docker/test-plan/parts.js';
import { countsOf, type PartResult } from '../../../docker/test-plan/run-part.js';
import { succeeded, summaryOf } from '../../../docker/test-plan/summary.js';

const report = (over: object = {}) => ({
  success: true,
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  numRuntimeErrorTestSuites: 0,
  ...over,
});
const part = (over: Partial<PartResult> = {}): PartResult => ({
  name: 'unit',
  seconds: 1,
  passed: 1,
  failed: 0,
  skipped: 0,
  ...over,
});

test.each([
  ['all is well', report(), false, { passed: 5, failed: 0, skipped: 2 }],
  ['tests failed', report({ success: false, numFailedTests: 2 }), true, { passed: 5, failed: 2, skipped: 2 }],
  [
    'a file could not run',
    report({ success: false, numRuntimeErrorTestSuites: 1 }),
    true,
    { passed: 5, failed: 1, skipped: 2 },
  ],
  ['jest died after its report', report(), true, { passed: 5, failed: 1, skipped: 2 }],
  ['jest wrote no report', null, true, { passed: 0, failed: 1, skipped: 0 }],
])('%s', (_, json, endedBadly, expected) => {
  expect(countsOf(json, endedBadly)).toEqual(expected);
});

test('the summary ends in one plain line with the totals', () => {
  const text = summaryOf([
    part({ name: 'lint', passed: 0 }),
    part({ passed: 7, skipped: 2 }),
    part({ failed: 1 }),
  ]);
  expect(text.split('\n').at(-1)).toBe('8 passed, 1 failed, 2 skipped');
  expect(text).toContain('FAILED');
});

test('nothing ran is a failure', () => {
  expect(succeeded([part({ passed: 0 })])).toBe(false);
  expect(succeeded([part({ passed: 0, skipped: 3 })])).toBe(false);
  expect(succeeded([part(), part({ failed: 1 })])).toBe(false);
  expect(succeeded([part(), part({ passed: 0 })])).toBe(true);
});

test('the whole plan begins with what is quick; arguments are for jest alone', () => {
  const plan = wholePlan({ ci: false });
  expect(plan.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['lint', 'unit', 'meta', 'integration']),
  );
  expect(plan[0]?.kind).toBe('program');
  expect(chosenPlan(['-t', 'x'])).toMatchObject([
    { kind: 'jest', args: ['--runInBand', expect.any(String), '-t', 'x'] },
  ]);
});

test('in CI every assessment has to prove its checks too', () => {
  const names = (ci: boolean) => wholePlan({ ci }).map(({ name }) => name);
  expect(names(true)).toEqual([
    ...names(false),
    'verify ./harness/packs/pack-template',
    'verify webhook-receiver',
  ]);
});
