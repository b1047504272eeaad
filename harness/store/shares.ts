import { sql } from 'kysely';
import type { Actor } from '../accounts/principal.js';
import { recordAudit } from './audit.js';
import type { Store } from './database.js';
import { newId } from './ids.js';
import { holdSubmission } from './reviews.js';
import type { ShareAudience } from './schema-review.js';
import { hashOf, newSecret } from './secrets.js';

/** A link that shows one scorecard to whoever has it, until it expires. */
export interface ShareLink {
  readonly id: string;
  readonly audience: ShareAudience;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  /** How often it was opened. */
  readonly opened: number;
  readonly lastOpenedAt: Date | null;
}

/** Newest first. */
export function listShares(store: Store, organisation: string, submission: string): Promise<ShareLink[]> {
  return store
    .selectFrom('share_links')
    .select([
      'id',
      'audience',
      'created_at as createdAt',
      'expires_at as expiresAt',
      'revoked_at as revokedAt',
      'opened',
      'last_opened_at as lastOpenedAt',
    ])
    .where('organisation_id', '=', organisation)
    .where('submission_id', '=', submission)
    .orderBy('id', 'desc')
    .execute();
}

/** The secret of the new link, which is nowhere kept; null when there is no such submission. */
export function createShare(
  store: Store,
  actor: Actor,
  submission: string,
  { audience, days }: { readonly audience: ShareAudience; readonly days: number },
): Promise<{ id: string; secret: string } | null> {
  const id = newId('shr');
  const { secret, hash } = newSecret();
  return store.transaction().execute(async (tx) => {
    if (!(await holdSubmission(tx, actor.organisation, submission))) return null;
    await tx
      .insertInto('share_links')
      .values({
        id,
        organisation_id: actor.organisation,
        submission_id: submission,
        audience,
        hash,
        created_by: actor.id,
        expires_at: sql<Date>`now() + make_interval(days => ${days})`,
      })
      .execute();
    await recordAudit(tx, actor, {
      action: 'share.created',
      subject: submission,
      details: { share: id, audience, days },
    });
    return { id, secret };
  });
}

/** False when there is no such link that still works. */
export function revokeShare(store: Store, actor: Actor, id: string): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    const revoked = await tx
      .updateTable('share_links')
      .set({ revoked_at: sql<Date>`now()` })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('submission_id')
      .executeTakeFirst();
    if (revoked) {
      const details = { share: id };
      await recordAudit(tx, actor, { action: 'share.revoked', subject: revoked.submission_id, details });
    }
    return revoked !== undefined;
  });
}

export interface OpenedShare {
  readonly id: string;
  readonly organisation: string;
  readonly submission: string;
  readonly audience: ShareAudience;
}

/** What a link's secret shows, and counts the opening; null when it is unknown, over or revoked. */
export async function openShare(store: Store, secret: string): Promise<OpenedShare | null> {
  const row = await store
    .updateTable('share_links')
    .set({ opened: sql<number>`opened + 1`, last_opened_at: sql<Date>`now()` })
    .where('hash', '=', hashOf(secret))
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`expires_at > now()`)
    .returning(['id', 'organisation_id as organisation', 'submission_id as submission', 'audience'])
    .executeTakeFirst();
  return row ?? null;
}
