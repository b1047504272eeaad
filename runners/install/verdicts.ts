import type { Verdict, VerdictCode } from '../../assessments/kit/index.js';
import type { Outcome } from './types.js';

/** The codes that installing and building can end in by the submission's doing. */
type StopCode = Extract<
  VerdictCode,
  | 'noPackageJson'
  | 'noStartScript'
  | 'depsRefused'
  | 'installFailed'
  | 'buildFailed'
  | 'outOfMemory'
  | 'timedOut'
>;

/** An expected end: the submission's doing, in one sentence. */
export function stopped(code: StopCode, message: string, logTail = ''): Outcome<never> {
  const verdict: Verdict = { code, stage: 'install', message, logTail };
  return { ok: false, verdict };
}
