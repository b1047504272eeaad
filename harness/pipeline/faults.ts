import type { Finding, Pack, StageName, Verdict, VerdictCode } from '../../assessments/kit/index.js';
import { VERDICT_CODES } from '../../assessments/kit/index.js';

/** What checks found when the submission never got as far as being asked: nothing was earned, and it says why. */
export function neverRan(pack: Pack, verdict: Verdict): Finding[] {
  return pack.checks.map((check) => ({
    checkId: check.id,
    outcome: 'fail',
    fraction: 0,
    message: `Not run: ${verdict.message}`,
    expected: null,
    observed: null,
    evidence: [],
    durationMs: 0,
  }));
}

/** What checks found when we could not ask. Costs nothing. */
export function couldNotRun(pack: Pack, verdict: Verdict): Finding[] {
  return neverRan(pack, verdict).map((finding) => ({ ...finding, outcome: 'error', fraction: null }));
}

/** A thrown fault as a verdict of ours. Codes that are not ours, and bugs, become `internal`. */
export function faultVerdict(error: unknown, stage: StageName): Verdict {
  const code = faultCode(error);
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code,
    stage,
    message: `The platform could not grade this submission: ${reason} It is not the candidate's doing; please run it again.`,
    logTail: '',
  };
}

export function faultCode(error: unknown): VerdictCode {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && VERDICT_CODES[code as VerdictCode] === 'ours'
    ? (code as VerdictCode)
    : 'internal';
}
