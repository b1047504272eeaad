import { describe, expect, test } from '@jest/globals';
import type { DeclaredCheck, Pack } from '../../../assessments/kit/index.js';
import { choose } from '../../../harness/verify/part.js';
import type { VerifyCase } from '../../../harness/verify/types.js';

const pack = {
  spec: { solutionBands: { junior: [0, 40], mid: [50, 80], senior: [95, 100] } },
  checks: [{ id: 'a' }, { id: 'b' }] as DeclaredCheck[],
} as unknown as Pack;

const folder = (kind: 'equivalent' | 'cheat', id: string): VerifyCase => ({ kind, id, dir: '', patch: null });
const cases: VerifyCase[] = [
  { kind: 'solution', id: 'mid', dir: '', patch: null },
  { kind: 'solution', id: 'senior', dir: '', patch: null },
  folder('equivalent', 'fastify'),
  { kind: 'mutant', id: 'no-a', dir: '', patch: 'p', caughtBy: ['a', 'b'] },
  { kind: 'mutant', id: 'no-b', dir: '', patch: 'p', caughtBy: ['b'] },
  folder('cheat', 'empty'),
];

describe('what of a pack is verified', () => {
  test('all of it', () => {
    expect(choose(pack, cases, { of: 'all' })).toEqual({ pack, cases });
  });

  test('the submissions of some ids', () => {
    const chosen = choose(pack, cases, { of: 'cases', wanted: (id) => id.startsWith('no-') });
    expect(chosen.pack).toBe(pack);
    expect(chosen.cases.map(({ id }) => id)).toEqual(['no-a', 'no-b']);
  });

  test('one check: who has to pass it gets everything, and only its own mutants are asked', () => {
    const chosen = choose(pack, cases, { of: 'check', id: 'a' });
    expect(chosen.pack.checks.map(({ id }) => id)).toEqual(['a']);
    expect(chosen.pack.spec.solutionBands.senior).toEqual([100, 100]);
    expect(chosen.cases.map(({ id }) => id)).toEqual(['senior', 'fastify', 'no-a']);
    expect(chosen.cases.at(-1)).toMatchObject({ caughtBy: ['a'] });
  });
});
