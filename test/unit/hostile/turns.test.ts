import { expect, test } from '@jest/globals';
import { turns } from '../../hostile/runner/run.js';

const fixtures = Array.from({ length: 10 }, (_, index) => ({ name: `f${index}` }));

test('each fixture has one turn, in order, unless so many runs are asked for', () => {
  expect(turns(fixtures).map(({ name }) => name)).toEqual(fixtures.map(({ name }) => name));
});

test('many runs are mixed, and none is another run of the same name', () => {
  const many = turns(fixtures, 25);
  expect(many).toHaveLength(25);
  expect(many.slice(0, 3).map(({ name }) => name)).toEqual(['f0', 'f9', 'f8']);
  expect(new Set(many.slice(0, 10).map(({ name }) => name)).size).toBe(10);
  expect(new Set(many.map(({ name, turn }) => `${name}-${turn}`)).size).toBe(25);
  expect(turns([], 5)).toEqual([]);
});
