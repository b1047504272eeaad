import { describe, expect, test } from '@jest/globals';
import type { Pack, Verdict } from '../../../assessments/kit/index.js';
import { earlyEnd, publicChecks, visibilityOf } from '../../../harness/review/candidate-result.js';
import type { SubmissionView } from '../../../harness/store/submissions.js';
import { check } from '../scoring/build.js';

const pack = {
  spec: { publicChecks: ['open', 'renamed'] },
  checks: [check('open'), check('hidden'), check('renamed', { publicTitle: 'What may be read' })],
} as unknown as Pack;

test('public checks are told by their public titles, and no others', () => {
  const outcomes = new Map([
    ['open', 'pass'],
    ['hidden', 'fail'],
  ] as const);
  expect(publicChecks(pack, outcomes)).toEqual([
    { title: 'Title of open', outcome: 'pass' },
    { title: 'What may be read', outcome: null },
  ]);
});

describe('what a candidate may see', () => {
  test.each([
    ['whenGraded', null, 'shown'],
    ['whenDecided', null, 'afterDecision'],
    ['whenDecided', 'hold', 'afterDecision'],
    ['whenDecided', 'advance', 'shown'],
    ['whenDecided', 'decline', 'shown'],
    ['nothing', 'advance', 'never'],
  ] as const)('of an invite that reveals %s, decided %s: %s', (reveal, decision, expected) => {
    expect(visibilityOf({ reveal }, { decision })).toBe(expected);
  });
});

describe('why there is no ordinary result', () => {
  const run = (state: SubmissionView['run']['state'], verdict: Verdict | null): string | null =>
    earlyEnd({ state, verdict } as SubmissionView['run']);
  const verdict = (code: Verdict['code'], stage: Verdict['stage']): Verdict => ({
    code,
    stage,
    message: 'It says port 9 in check x.',
    logTail: 'secret output',
  });

  test('stages before the hidden checks say what is to be mended', () => {
    for (const stage of ['intake', 'install', 'boot'] as const) {
      expect(run('done', verdict('installFailed', stage))).toBe('It says port 9 in check x.');
    }
    expect(run('done', verdict('sourceUnreachable', 'intake'))).toBe('It says port 9 in check x.');
    expect(run('done', null)).toBeNull();
  });

  test('what happened during hidden checks, and what is ours, is not told in our words', () => {
    expect(run('done', verdict('exited', 'correctness'))).toContain('did not get to the end of the checks');
    expect(run('failed', verdict('internal', 'boot'))).toContain('That is our fault');
    expect(run('cancelled', verdict('cancelled', 'boot'))).toContain('cancelled by the team');
    const all = [run('done', verdict('exited', 'security')), run('failed', verdict('internal', 'boot'))];
    expect(all.join()).not.toMatch(/port 9|secret/);
  });
});
