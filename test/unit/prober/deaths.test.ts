import { expect, test } from '@jest/globals';
import type { Finding } from '../../../assessments/kit/index.js';
import { findingSchema } from '../../../assessments/kit/schema/finding.js';
import { watchDeaths } from '../../../runners/prober/driver/deaths.js';

const finding = (outcome: Finding['outcome'], fraction: number | null): Finding => ({
  checkId: 'it',
  outcome,
  fraction,
  message: 'As it should be.',
  expected: null,
  observed: null,
  evidence: [],
  durationMs: 1,
});
const PASSED = finding('pass', 1);
const EXIT = { code: 3, oomKilled: false };

test.each([PASSED, finding('partial', 0.5)])('who dies during a check has not passed it: %j', (earned) => {
  const deaths = watchDeaths();
  deaths.add(EXIT, 'byItself', ['the last line']);
  const told = deaths.told(earned);
  expect(told).toMatchObject({ outcome: 'fail', fraction: 0 });
  expect(told.message).toContain('exit code 3');
  expect(told.evidence).toHaveLength(2);
  expect(findingSchema.safeParse(told).success).toBe(true);
});

test('an end that a check has asked for, or a start that it expects to fail, costs nothing', () => {
  const deaths = watchDeaths();
  deaths.add(EXIT, 'asked', []);
  expect(deaths.told(PASSED)).toEqual(PASSED);
  deaths.add(EXIT, 'starting', ['a setting is missing']);
  expect(deaths.told(PASSED)).toMatchObject({
    outcome: 'pass',
    evidence: [{ kind: 'note' }, { kind: 'log' }],
  });
});

test('what happened before the check began is told, and not held against it', () => {
  const deaths = watchDeaths();
  deaths.add(EXIT, 'byItself', []);
  deaths.begin();
  expect(deaths.told(PASSED).outcome).toBe('pass');
});

test('what failed or could not be told stays what it is', () => {
  const deaths = watchDeaths();
  deaths.add({ code: 137, oomKilled: true }, 'byItself', []);
  expect(deaths.told(finding('fail', 0)).message).toBe('As it should be.');
  expect(deaths.told(finding('inconclusive', null)).outcome).toBe('inconclusive');
  expect(deaths.told(PASSED).message).toContain('out of memory');
});
