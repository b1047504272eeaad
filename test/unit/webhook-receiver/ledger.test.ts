import { expect, test } from '@jest/globals';
import { Ledger } from '../../../assessments/webhook-receiver/load/support/ledger.js';

const SETTLED = 24;
const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `p${from + index}`);

/** Ada and Bob by turns. */
function after(proofs: number): Ledger {
  const ledger = new Ledger();
  ids(0, proofs).forEach((id, index) => ledger.accept(index % 2 === 0 ? 'ada' : 'bob', id));
  return ledger;
}

test('what is young need not be listed yet, and what is repeated counts once', () => {
  const ledger = after(SETTLED);
  expect(ledger.settled()).toBe(0);
  ledger.accept('ada', 'p3');
  expect(ledger.settled()).toBe(0);
  ledger.accept('ada', 'p24');
  ledger.accept('ada', 'p25');
  expect([ledger.settled(), ledger.settled('ada'), ledger.settled('bob')]).toEqual([2, 1, 1]);
});

test('an honest list is allowed, whatever has come since', () => {
  const ledger = after(60);
  expect(ledger.allows(ids(10, 60), 36, 60)).toBe(true);
  expect(ledger.allows(ids(40, 64), 5, 64)).toBe(true);
});

test('a list that is empty, too short or of what nobody promised is not', () => {
  const ledger = after(60);
  expect(ledger.allows([], 5, 60)).toBe(false);
  expect(ledger.allows(ids(0, 4), 5, 60)).toBe(false);
  expect(ledger.allows(['x1', 'x2', 'x3', 'x4', 'x5'], 5, 60)).toBe(false);
  expect(ledger.allows([], 0, 60)).toBe(true);
});

test('once deliveries were lost, the newest may all be unknown', () => {
  const ledger = after(60);
  expect(ledger.allows(ids(100, 150), 36, 160)).toBe(true);
  // Later steps that were made earlier change nothing about it.
  expect(ledger.allows(ids(100, 150), 36, 20)).toBe(true);
});
