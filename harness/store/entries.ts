import { sql } from 'kysely';
import { VERDICT_CODES } from '../../assessments/kit/index.js';
import type { Store } from './database.js';
import type { Accepted, IdempotencyKey, NewSubmission } from './submissions.js';
import { enter } from './submissions.js';

export type Entry = Accepted | { readonly kind: 'closed' | 'late' | 'quotaUsed' };

/**
 * Accepts what a candidate hands in, while the invite is open and its quota lasts. `arrivedAt` is when the request came,
 * so that a slow line costs nobody the deadline. All at once are counted one after the other.
 */
export function acceptEntry(
  store: Store,
  invite: { readonly id: string; readonly organisation: string },
  submission: NewSubmission,
  key: IdempotencyKey | null,
  arrivedAt: Date,
): Promise<Entry> {
  return store
    .transaction()
    .execute(async (tx): Promise<Entry> => {
      const row = await tx
        .selectFrom('invites')
        .select(['max_submissions', 'revoked_at', 'withdrawn_at'])
        .select(sql<boolean>`${arrivedAt} > deadline + make_interval(mins => extra_minutes)`.as('late'))
        .where('organisation_id', '=', invite.organisation)
        .where('id', '=', invite.id)
        .forUpdate()
        .executeTakeFirst();
      if (!row || row.revoked_at || row.withdrawn_at) return { kind: 'closed' };
      if (row.late) return { kind: 'late' };
      const entry = await enter(tx, invite.organisation, { ...submission, invite: invite.id }, key);
      if (entry.kind !== 'accepted' || (await countedEntries(tx, invite.id)) <= row.max_submissions)
        return entry;
      throw new QuotaUsed();
    })
    .catch((error: unknown): Entry => {
      if (error instanceof QuotaUsed) return { kind: 'quotaUsed' };
      throw error;
    });
}

const REFUSED = Object.entries(VERDICT_CODES).flatMap(([code, kind]) => (kind === 'refused' ? [code] : []));

/** Undoes what the transaction has accepted already. */
class QuotaUsed extends Error {}

/**
 * What counts against the quota. A run that failed by our fault, or that was refused before anything ran, was no
 * chance to try anything, and does not.
 */
export async function countedEntries(store: Store, invite: string): Promise<number> {
  const row = await store
    .selectFrom('submissions as s')
    .innerJoin('runs as r', 'r.id', 's.current_run')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('s.invite_id', '=', invite)
    .where('r.state', '!=', 'failed')
    .where(sql<boolean>`coalesce(r.verdict->>'code', '') not in (${sql.join(REFUSED)})`)
    .executeTakeFirstOrThrow();
  return row.count;
}
