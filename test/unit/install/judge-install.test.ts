import { describe, expect, test } from '@jest/globals';
import { judgeAttempt, judgeCompile, judgePublish } from '../../../runners/install/steps/judge-install.js';
import { attemptsFor } from '../../../runners/install/steps/commands.js';
import type { StepEnd } from '../../../runners/install/steps/run.js';
import { EXIT } from '../../../runners/install/steps/scripts.js';

const ended = (code: number | null, logTail = '', oomKilled = false): StepEnd => ({
  exit: code === null ? null : { code, oomKilled, figures: null },
  seconds: 1,
  log: logTail,
  logTail,
});
const registry = (waitingMs: number) => ({ faults: () => [], waitingMs: () => waitingMs, missing: () => [] });
const [attempt] = attemptsFor('npm', false);
if (!attempt) throw new Error('there is no way to install');

describe('an install that was stopped at its deadline', () => {
  test('is too large, though it asked the registry to its end', () => {
    expect(judgeAttempt(ended(null), registry(900), attempt, 180)).toMatchObject({
      kind: 'stopped',
      outcome: { verdict: { code: 'timedOut' } },
    });
  });

  test('is not at fault where one answer did not come', () => {
    expect(() => judgeAttempt(ended(null), registry(30_000), attempt, 180)).toThrow(/registry failed us/);
  });
});

describe('what code of packages may have ended', () => {
  const FULL = 'tar: No space left on device';

  test.each([EXIT.notPublished, EXIT.compilerFailed, 1, 137])(
    'a compilation is never our fault: %d',
    (code) => {
      expect(judgeCompile(ended(code, FULL), 22)).toMatchObject({ verdict: { code: 'installFailed' } });
    },
  );

  test('a compilation that was stopped or killed for its memory neither', () => {
    expect(judgeCompile(ended(null), 22)).toMatchObject({ verdict: { code: 'timedOut' } });
    expect(judgeCompile(ended(EXIT.done, '', true), 22)).toMatchObject({
      verdict: { code: 'installFailed' },
    });
    expect(judgeCompile(ended(EXIT.done), 22)).toBeNull();
  });

  test('what cannot be packed is the packages’ fault, a disk without room is ours', () => {
    expect(judgePublish(ended(EXIT.notPacked, FULL))).toMatchObject({ verdict: { code: 'installFailed' } });
    expect(judgePublish(ended(null))).toMatchObject({ verdict: { code: 'installFailed' } });
    expect(() => judgePublish(ended(EXIT.notPublished, FULL))).toThrow(
      /disk of the container engine is full/,
    );
    expect(judgePublish(ended(EXIT.done))).toBeNull();
  });
});
