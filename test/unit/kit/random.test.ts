import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../../assessments/kit/contracts/random.js';

describe('seededRandom', () => {
  test('the same seed gives the same data', () => {
    const [a, b] = [seededRandom('run-1'), seededRandom('run-1')];
    expect([a.uuid(), a.name(), a.int(0, 1e9)]).toEqual([b.uuid(), b.name(), b.int(0, 1e9)]);
  });

  test('different seeds give different data', () => {
    const seen = new Set(Array.from({ length: 1000 }, (_, index) => seededRandom(`run-${index}`).id(12)));
    expect(seen.size).toBe(1000);
  });

  test('int covers its whole range, both ends included', () => {
    const random = seededRandom('range');
    const seen = new Set(Array.from({ length: 500 }, () => random.int(3, 7)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6, 7]);
  });

  test('shuffle keeps every item', () => {
    expect(seededRandom('s').shuffle([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test('uuid has the version 4 shape', () => {
    expect(seededRandom('u').uuid()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});
