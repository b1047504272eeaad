import type { Outcome, Pack } from '../../assessments/kit/index.js';
import { VERDICT_CODES } from '../../assessments/kit/index.js';
import type { OpenedInvite } from '../store/invites.js';
import type { SubmissionView } from '../store/submissions.js';

/** A check whose outcome a candidate is told at once. */
export interface PublicCheck {
  readonly title: string;
  /** Null until it has run, or where it never will. */
  readonly outcome: Outcome | null;
}

/** The assessment's public checks, as far as they have run. */
export function publicChecks(pack: Pack, outcomes: ReadonlyMap<string, Outcome>): PublicCheck[] {
  const wanted = new Set(pack.spec.publicChecks);
  return pack.checks
    .filter(({ id }) => wanted.has(id))
    .map(({ id, title, publicTitle }) => ({
      title: publicTitle ?? title,
      outcome: outcomes.get(id) ?? null,
    }));
}

/** What a candidate may see of the result, by what the team allows. */
export type Visibility = 'shown' | 'afterDecision' | 'never';

export function visibilityOf(
  invite: Pick<OpenedInvite, 'reveal'>,
  view: Pick<SubmissionView, 'decision'>,
): Visibility {
  switch (invite.reveal) {
    case 'whenGraded':
      return 'shown';
    case 'whenDecided':
      // `hold` decides nothing yet.
      return view.decision === 'advance' || view.decision === 'decline' ? 'shown' : 'afterDecision';
    case 'nothing':
      return 'never';
  }
}

/**
 * Why a run has no ordinary result, in words that a candidate may read at once: stages before the hidden checks show what
 * is the candidate's to mend. Output is never shown: it may hold what the checks sent.
 */
export function earlyEnd({ state, verdict }: SubmissionView['run']): string | null {
  if (state === 'failed') {
    return 'We could not grade it. That is our fault and not held against you; the team can have it run again, and it does not count as an attempt.';
  }
  if (state === 'cancelled') return 'The run was cancelled by the team. Ask who invited you.';
  if (!verdict) return null;
  const early =
    VERDICT_CODES[verdict.code] === 'refused' || ['intake', 'install', 'boot'].includes(verdict.stage);
  return early
    ? verdict.message
    : 'Your service did not get to the end of the checks. What could not be asked counts as not met.';
}
