import type { Store } from './database.js';
import type { SubmissionView } from './submissions.js';
import { findSubmission } from './submissions.js';

/** What was handed in by an invite, newest first. */
export async function listEntries(
  store: Store,
  invite: { readonly id: string; readonly organisation: { readonly id: string } },
): Promise<SubmissionView[]> {
  const rows = await store
    .selectFrom('submissions')
    .select('id')
    .where('invite_id', '=', invite.id)
    .orderBy('id', 'desc')
    .execute();
  const found = await Promise.all(rows.map(({ id }) => findSubmission(store, invite.organisation.id, id)));
  return found.filter((view) => view !== null);
}

/** One of them; null when it was handed in by somebody else. */
export async function findEntry(
  store: Store,
  invite: { readonly id: string; readonly organisation: { readonly id: string } },
  submission: string,
): Promise<SubmissionView | null> {
  const view = await findSubmission(store, invite.organisation.id, submission);
  return view?.submission.invite_id === invite.id ? view : null;
}
