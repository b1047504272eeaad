import type { Actor, Principal } from '../accounts/principal.js';
import type { Store } from '../store/database.js';
import { recordAudit } from '../store/audit.js';
import type { Cancellation } from '../store/endings.js';
import { cancelRun } from '../store/endings.js';
import { visibleSubmission } from './visible.js';

/** Cancels the run of a submission, and writes down who did. @throws AssayerError submissionUnknown */
export async function cancelSubmission(
  store: Store,
  principal: Principal,
  actor: Actor,
  id: string,
): Promise<Cancellation> {
  const { run } = await visibleSubmission(store, principal, id);
  const cancelled = await cancelRun(store, principal.organisation, run.id);
  if (cancelled !== 'over') await recordAudit(store, actor, { action: 'submission.cancelled', subject: id });
  return cancelled;
}
