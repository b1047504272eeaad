import type { DeclaredCheck, Finding } from '../../../assessments/kit/index.js';
import type { AgentGone } from './agent.js';

/** Findings for checks that no prober reported. A missing one is never a pass. */

const finding = (check: DeclaredCheck, outcome: 'fail' | 'error', message: string): Finding => ({
  checkId: check.id,
  outcome,
  fraction: outcome === 'fail' ? 0 : null,
  message,
  expected: null,
  observed: null,
  evidence: [],
  durationMs: 0,
});

/** Its prober was lost twice, the second time while it ran this check alone. */
export function lost(check: DeclaredCheck, gone: AgentGone): Finding {
  switch (gone.why) {
    case 'died':
    case 'outOfMemory':
    case 'closed':
      return finding(
        check,
        'fail',
        `The test program was brought down twice during this check (it ${gone.message}), the second time with nothing else running: what the service sends does that.`,
      );
    case 'breach':
    case 'broken':
      return finding(check, 'error', `The platform could not measure this check: ${gone.message}.`);
  }
}

/** Prober after prober ran out of memory before it had begun any check, with nothing but the service beside it. */
export function neverBegun(check: DeclaredCheck): Finding {
  return finding(
    check,
    'fail',
    'Not run: the test program ran out of memory each time before it could begin, since it was sent more than it can hold.',
  );
}

/** Its file could not be evaluated, or jest did not get to it: the pack's fault or ours. */
export function notEvaluated(check: DeclaredCheck, reason: string | null): Finding {
  const because =
    reason === null ? 'it did not run' : `${check.file} could not be run: ${reason.slice(0, 500)}`;
  return finding(check, 'error', `The platform could not measure this check: ${because}.`);
}

export function notReached(check: DeclaredCheck, seconds: number, underWay: boolean): Finding {
  return finding(
    check,
    'fail',
    underWay
      ? `The check was still waiting for the service when the ${seconds} s that it and the checks beside it have were over.`
      : `Not reached: the checks before it used up the ${seconds} s that they have together, since the service kept them waiting.`,
  );
}
