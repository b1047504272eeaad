import type { Principal } from '../accounts/principal.js';
import { may } from '../accounts/principal.js';
import { ACCESS } from '../accounts/roles.js';
import { AssayerError } from '../errors.js';
import type { Store } from '../store/database.js';
import type { SubmissionView } from '../store/submissions.js';
import { findSubmission } from '../store/submissions.js';

/** Whose submissions this principal sees: undefined for all of the organisation, else those of one sender. */
export const sentBy = (principal: Principal): string | undefined =>
  may(principal, ACCESS.read) ? undefined : principal.id;

/**
 * A submission, for somebody who may see it.
 * @throws AssayerError submissionUnknown, also for one that is somebody else's: that it exists is theirs to know
 */
export async function visibleSubmission(
  store: Store,
  principal: Principal,
  id: string,
): Promise<SubmissionView> {
  const view = await findSubmission(store, principal.organisation, id);
  const sender = sentBy(principal);
  if (view && (sender === undefined || view.submission.submitted_by === sender)) return view;
  throw new AssayerError('submissionUnknown', { id });
}
