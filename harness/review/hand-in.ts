import type { Actor } from '../accounts/principal.js';
import { AssayerError } from '../errors.js';
import type { Store } from '../store/database.js';
import { acceptEntry, countedEntries } from '../store/entries.js';
import type { OpenedInvite } from '../store/invites.js';
import type { Accepted, IdempotencyKey, NewSubmission } from '../store/submissions.js';

/** On whose account a candidate does things. The name is not written down: the audit log outlives it. */
export const candidateActor = (
  invite: OpenedInvite,
  address: string | null,
  requestId: string | null,
): Actor => ({
  organisation: invite.organisation.id,
  kind: 'candidate',
  id: invite.id,
  name: 'the candidate',
  address,
  requestId,
});

/**
 * How an invite accepts what is handed in by it.
 * @throws AssayerError inviteClosed, deadlinePassed, quotaUsed
 */
export const entrance =
  (store: Store, invite: OpenedInvite, arrivedAt: Date) =>
  async (submission: NewSubmission, key: IdempotencyKey | null): Promise<Accepted> => {
    const of = { id: invite.id, organisation: invite.organisation.id };
    const named = { ...submission, submittedBy: null, candidate: invite.candidate };
    const entry = await acceptEntry(store, of, named, key, arrivedAt);
    switch (entry.kind) {
      case 'closed':
        throw new AssayerError('inviteClosed', {});
      case 'late':
        throw new AssayerError('deadlinePassed', { closed: `${invite.closesAt.toUTCString()}` });
      case 'quotaUsed':
        throw new AssayerError('quotaUsed', { allowed: invite.maxSubmissions });
      default:
        return entry;
    }
  };

/** Whether something can be handed in now, and how often still. */
export type Opening =
  { readonly kind: 'open'; readonly left: number } | { readonly kind: 'late' | 'quotaUsed' };

export async function openingOf(store: Store, invite: OpenedInvite, now: Date): Promise<Opening> {
  if (now > invite.closesAt) return { kind: 'late' };
  const left = invite.maxSubmissions - (await countedEntries(store, invite.id));
  return left > 0 ? { kind: 'open', left } : { kind: 'quotaUsed' };
}
