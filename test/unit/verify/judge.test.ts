import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../../assessments/kit/index.js';
import { judgeCases, judgePack, mutantsByCheck } from '../../../harness/verify/judge.js';
import type { CaseResult, VerifyCase } from '../../../harness/verify/types.js';

const spec = {
  solutionBands: { junior: [20, 50], mid: [50, 90], senior: [100, 100] },
  cheatCeiling: 10,
} as const;
const checks = [{ id: 'a' }, { id: 'b' }];

function run(expected: VerifyCase, score: number | null, a: Outcome, b: Outcome) {
  const result: CaseResult = {
    kind: expected.kind,
    id: expected.id,
    score,
    outcomes: { a, b },
    messages: {},
    verdict: null,
    seconds: 1,
  };
  return { expected, result };
}
const solution = (id: 'junior' | 'mid' | 'senior'): VerifyCase => ({
  kind: 'solution',
  id,
  dir: '',
  patch: null,
});
const mutant = (id: string, ...caughtBy: string[]): VerifyCase => ({
  kind: 'mutant',
  id,
  dir: '',
  patch: 'p',
  caughtBy,
});
const cheat: VerifyCase = { kind: 'cheat', id: 'empty', dir: '', patch: null };

const good = [
  run(solution('senior'), 100, 'pass', 'pass'),
  run(solution('junior'), 30, 'pass', 'fail'),
  run(cheat, 0, 'fail', 'fail'),
  run(mutant('no-a', 'a'), 50, 'fail', 'pass'),
  run(mutant('no-b', 'b'), 50, 'pass', 'fail'),
];

describe('judgePack', () => {
  test('a pack whose checks discriminate has no problems', () => {
    expect(judgePack(spec, checks, good)).toEqual([]);
  });

  test.each([
    [
      'a reference that loses points',
      run(solution('senior'), 96, 'pass', 'partial'),
      /solution senior: scored 96/,
    ],
    [
      'a solution above its band',
      run(solution('junior'), 60, 'pass', 'pass'),
      /junior: scored 60, outside its band 20 to 50/,
    ],
    ['a cheat over the ceiling', run(cheat, 11, 'pass', 'fail'), /cheat empty: scored 11, over the ceiling/],
    [
      'a mutant that slips through',
      run(mutant('x', 'a', 'b'), 80, 'fail', 'pass'),
      /mutant x: not caught by b/,
    ],
    [
      'a mutant that breaks more than it says',
      run(mutant('x', 'a'), 0, 'fail', 'fail'),
      /mutant x: also fails b/,
    ],
    [
      'an equivalent that loses points',
      run({ kind: 'equivalent', id: 'ts', dir: '', patch: null }, 90, 'pass', 'fail'),
      /equivalent ts: scored 90/,
    ],
    [
      'a run that was not measured',
      run(mutant('x', 'a'), 50, 'error', 'pass'),
      /mutant x: not fully measured \(a\)/,
    ],
  ])('%s is a problem', (_name, extra, sentence) => {
    expect(judgePack(spec, checks, [...good, extra])).toEqual([expect.stringMatching(sentence)]);
  });

  const judged = (extra: ReturnType<typeof run>, over: object): string[] =>
    judgePack(spec, checks, [...good, { ...extra, result: { ...extra.result, ...over } }]);

  test('a submission that did not even run is told of in one sentence', () => {
    const verdict = 'The service ended before it was ready.';
    expect(judged(run(solution('mid'), 0, 'fail', 'fail'), { verdict })).toEqual([
      'solution mid: scored 0, outside its band 50 to 90: The service ended before it was ready.',
    ]);
    expect(judged(run(mutant('x', 'a'), 0, 'fail', 'fail'), { verdict })).toEqual([
      'mutant x: The service ended before it was ready. A mutant has to run; break one thing only.',
    ]);
  });

  test('a check that has no answer says why, and whom to ask', () => {
    const messages = { a: 'the check gave a share of 2' };
    expect(judged(run(mutant('x', 'a'), 50, 'error', 'pass'), { messages })).toEqual([
      'mutant x: not fully measured (a (the check gave a share of 2)); no submission is to blame for that: look at the check itself first.',
    ]);
    expect(judged(run(mutant('x', 'a'), 50, 'inconclusive', 'pass'), {})).toEqual([
      'mutant x: not fully measured (a); verify again when the machine has less to do.',
    ]);
  });

  test('what the reference loses is said of it alone, since its mutants lose it as well', () => {
    const [, ...others] = good;
    const broken = run(solution('senior'), 50, 'pass', 'fail');
    const mutants = [
      run(mutant('no-a', 'a'), 0, 'fail', 'fail'),
      run(mutant('no-b', 'b'), 50, 'pass', 'fail'),
    ];
    const problems = judgePack(spec, checks, [broken, ...others.slice(0, 2), ...mutants]);
    expect(problems).toEqual([expect.stringContaining('solution senior: scored 50')]);
    const dead = { ...broken, result: { ...broken.result, score: 0, verdict: 'It did not start.' } };
    expect(judgeCases(spec, [dead, run(mutant('no-a', 'a'), 0, 'fail', 'fail')])).toEqual([
      expect.stringContaining('It did not start'),
    ]);
  });

  test('a part is judged submission by submission', () => {
    expect(judgeCases(spec, good.slice(0, 1))).toEqual([]);
    expect(judgeCases(spec, [run(solution('senior'), 90, 'pass', 'fail')])).toHaveLength(1);
  });

  test('a check that no mutant fails is a problem', () => {
    const problems = judgePack(
      spec,
      checks,
      good.filter((item) => item.expected.id !== 'no-b'),
    );
    expect(problems).toEqual([expect.stringContaining('Check b: no mutant fails it')]);
  });

  test('a pack without mutants proves nothing', () => {
    expect(judgePack(spec, [], good.slice(0, 3))).toEqual([expect.stringContaining('no mutant')]);
  });
});

test('mutantsByCheck lists who fails what', () => {
  expect(
    mutantsByCheck(
      checks,
      good.map((item) => item.result),
    ),
  ).toEqual({ a: ['no-a'], b: ['no-b'] });
});
