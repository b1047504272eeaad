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
      if (entry.kind === 'accepted') refuseBeyond(row.max_submissions, await countedEntries(tx, invite.id));
      return entry;
    })
    .catch(quotaUsed);
}

/** Accepts what was pushed to a repository, as often as `most` allows by the same sender; one after the other. */
export function acceptPush(
  store: Store,
  organisation: string,
  submission: NewSubmission,
  key: IdempotencyKey | null,
  most: number,
): Promise<Entry> {
  const { submittedBy, candidate } = submission;
  return store
    .transaction()
    .execute(async (tx): Promise<Entry> => {
      await sql`select pg_advisory_xact_lock(hashtext(${`${submittedBy} ${candidate}`}))`.execute(tx);
      const entry = await enter(tx, organisation, submission, key);
      if (entry.kind !== 'accepted') return entry;
      const { count } = await counted(tx)
        .where('s.organisation_id', '=', organisation)
        .where('s.submitted_by', '=', submittedBy)
        .where('s.candidate', '=', candidate)
        .executeTakeFirstOrThrow();
      refuseBeyond(most, count);
      return entry;
    })
    .catch(quotaUsed);
}

const REFUSED = Object.entries(VERDICT_CODES).flatMap(([code, kind]) => (kind === 'refused' ? [code] : []));

/** Undoes what the transaction has accepted already. */
class QuotaUsed extends Error {}

function refuseBeyond(most: number, count: number): void {
  if (count > most) throw new QuotaUsed();
}

function quotaUsed(error: unknown): Entry {
  if (error instanceof QuotaUsed) return { kind: 'quotaUsed' };
  throw error;
}

export async function countedEntries(store: Store, invite: string): Promise<number> {
  return (await counted(store).where('s.invite_id', '=', invite).executeTakeFirstOrThrow()).count;
}

/**
 * What counts against a quota. A run that failed by our fault, or that was refused before anything ran, was no chance to
 * try anything, and does not.
 */
const counted = (store: Store) =>
  store
    .selectFrom('submissions as s')
    .innerJoin('runs as r', 'r.id', 's.current_run')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('r.state', '!=', 'failed')
    .where(sql<boolean>`coalesce(r.verdict->>'code', '') not in (${sql.join(REFUSED)})`);
