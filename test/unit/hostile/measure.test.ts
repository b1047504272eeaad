import { describe, expect, test } from '@jest/globals';
import { isMeasure, within } from '../../hostile/runner/measure.js';

describe('measures', () => {
  test.each(['7', '>0', '>=90', '<5', '<=20.5', '10..30'])('%s is one', (text) => {
    expect(isMeasure(text)).toBe(true);
  });

  test.each(['', 'pass', '>', '> 5', '1..', '>1..2', '-3', '1e3'])('"%s" is none', (text) => {
    expect(isMeasure(text)).toBe(false);
  });

  test.each([
    ['7', 7, true],
    ['7', 7.1, false],
    ['>0', 0, false],
    ['>=90', 90, true],
    ['<5', 5, false],
    ['<=20', 20, true],
    ['10..30', 10, true],
    ['10..30', 30.1, false],
  ])('%s holds of %d: %s', (text, value, holds) => {
    expect(within(text, value)).toBe(holds);
  });

  test('the unmeasured is within nothing', () => {
    expect(within('>=0', null)).toBe(false);
  });
});
