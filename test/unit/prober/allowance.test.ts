import { expect, test } from '@jest/globals';
import type { DeclaredCheck } from '../../../assessments/kit/index.js';
import { allowance } from '../../../runners/prober/driver/allowance.js';

const check = (timeoutMs: number): DeclaredCheck => ({ timeoutMs }) as DeclaredCheck;
const [first, second] = [[check(6000), check(3000)], [check(3000)]];

test('each stage has its share by the deadlines of its checks', () => {
  const time = allowance([...first, ...second], 24_000);
  expect(time.of(first)).toBe(18_000);
  expect(time.of(second)).toBe(6000);
});

test('what a stage leaves over is there for the next, and what it took beyond its share is not taken from it', () => {
  const time = allowance([...first, ...second], 24_000);
  time.leave(10_000);
  expect(time.of(second)).toBe(16_000);
  time.leave(-500);
  expect(time.of(second)).toBe(6000);
});

test('a check that is measured under load has no share', () => {
  const measured = { ...check(9000), bar: { figure: 'state' } } as DeclaredCheck;
  expect(allowance([...first, measured], 9000).of(first)).toBe(9000);
  expect(allowance([measured], 9000).of([measured])).toBe(0);
});
