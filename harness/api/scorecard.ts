import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import type { Actor, Principal } from '../accounts/principal.js';
import { AssayerError } from '../errors.js';
import { listAttempts } from '../store/attempts.js';
import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import { findScorecard } from '../store/scorecards.js';
import type { SubmissionView } from '../store/submissions.js';
import { visibleSubmission } from './visible.js';

/**
 * The scorecard of a submission's latest run, for somebody who may see it.
 * @throws AssayerError submissionUnknown, scorecardNotReady, notGraded
 */
export async function visibleScorecard(store: Store, principal: Principal, id: string): Promise<Scorecard> {
  return scorecardOf(store, principal, await visibleSubmission(store, principal, id));
}

/** The same for a submission that was looked up already. @throws AssayerError scorecardNotReady, notGraded */
export async function scorecardOf(
  store: Store,
  principal: Principal,
  { run }: SubmissionView,
): Promise<Scorecard> {
  switch (run.state) {
    case 'queued':
    case 'running':
      throw new AssayerError('scorecardNotReady', { state: run.state });
    case 'failed':
    case 'cancelled':
      throw new AssayerError('notGraded', {
        reason: run.verdict?.message ?? 'The submission was not graded.',
      });
    case 'done': {
      const card = await findScorecard(store, principal.organisation, run.id);
      if (!card) throw new Error(`run ${run.id} is done and has no scorecard`);
      return card;
    }
  }
}

/**
 * That of any attempt at a submission, also where another one counts.
 * @throws AssayerError submissionUnknown, attemptUnknown
 */
export async function attemptScorecard(
  store: Store,
  principal: Principal,
  id: string,
  run: string,
): Promise<Scorecard> {
  const { organisation } = principal;
  const { submission } = await visibleSubmission(store, principal, id);
  const attempts = await listAttempts(store, organisation, submission.id);
  const card = attempts.some((one) => one.run === run) ? await findScorecard(store, organisation, run) : null;
  if (card) return card;
  throw new AssayerError('attemptUnknown', { run });
}

/** In which form somebody takes a scorecard along. */
type DownloadForm = 'json' | 'html' | 'csv' | 'pdf' | 'comparison';

/** The same for whoever takes it along, which is written down. */
export async function downloadScorecard(
  store: Store,
  principal: Principal,
  actor: Actor,
  id: string,
  form: DownloadForm,
): Promise<Scorecard> {
  const card = await visibleScorecard(store, principal, id);
  await recordDownload(store, actor, id, form);
  return card;
}

export const recordDownload = (store: Store, actor: Actor, id: string, form: DownloadForm): Promise<void> =>
  recordAudit(store, actor, { action: 'scorecard.downloaded', subject: id, details: { form } });
