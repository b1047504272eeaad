import { expect, test } from '@jest/globals';
import { findingSchema } from '../../../assessments/kit/schema/finding.js';

const finding = {
  checkId: 'greets',
  outcome: 'partial',
  fraction: 0.5,
  message: 'Half of it worked.',
  expected: null,
  observed: null,
  evidence: [],
  durationMs: 12,
};

test('an ordinary finding is taken', () => {
  expect(findingSchema.safeParse(finding).success).toBe(true);
});

test('a fraction that is no share of the points is refused', () => {
  const odd = [NaN, Infinity, -Infinity, -0.1, 1.01, 1e308, '1', true, {}, [1], undefined];
  expect(odd.filter((fraction) => findingSchema.safeParse({ ...finding, fraction }).success)).toEqual([]);
});

test('a fraction that does not fit the outcome is refused', () => {
  const pairs = [
    ['pass', 0.9],
    ['pass', null],
    ['fail', 0.1],
    ['partial', 1],
    ['partial', 0],
    ['error', 0],
    ['inconclusive', 1],
    ['notApplicable', 0.5],
  ] as const;
  const taken = pairs.filter(
    ([outcome, fraction]) => findingSchema.safeParse({ ...finding, outcome, fraction }).success,
  );
  expect(taken).toEqual([]);
});

test('keys that could reach a prototype are refused', () => {
  const poisoned: unknown = JSON.parse(JSON.stringify(finding).replace('{', '{"__proto__":{"fraction":1},'));
  const parsed = findingSchema.safeParse(poisoned);
  expect(
    parsed.success && parsed.data.fraction === 0.5 && Object.getPrototypeOf(parsed.data) === Object.prototype,
  ).toBe(parsed.success);
  expect(({} as { fraction?: number }).fraction).toBeUndefined();
});
