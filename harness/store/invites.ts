import { sql } from 'kysely';
import type { Actor } from '../accounts/principal.js';
import { recordAudit } from './audit.js';
import type { Store } from './database.js';
import { newId } from './ids.js';
import type { Reveal } from './schema-review.js';
import { hashOf, newSecret } from './secrets.js';

export interface NewInvite {
  readonly assessment: string;
  readonly candidate: string;
  readonly deadline: Date;
  /** Minutes beyond the deadline. */
  readonly extraMinutes: number;
  readonly maxSubmissions: number;
  readonly reveal: Reveal;
}

/** An invite as the team sees it. */
export interface Invite {
  readonly id: string;
  readonly assessment: string;
  /** Null once the candidate withdrew. */
  readonly candidate: string | null;
  readonly deadline: Date;
  readonly extraMinutes: number;
  /** The deadline with the extra time: what the candidate is told, and what counts. */
  readonly closesAt: Date;
  readonly maxSubmissions: number;
  readonly reveal: Reveal;
  readonly createdAt: Date;
  readonly openedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly submissions: number;
}

/** An invite as its own link gives it: with whose it is. */
export interface OpenedInvite extends Invite {
  readonly organisation: { readonly id: string; readonly name: string; readonly keepDays: number | null };
}

/** Makes an invite, and returns the secret of its link, which is nowhere kept. */
export function createInvite(
  store: Store,
  actor: Actor,
  invite: NewInvite,
): Promise<{ id: string; secret: string }> {
  const id = newId('inv');
  const { secret, hash } = newSecret();
  return store.transaction().execute(async (tx) => {
    await tx
      .insertInto('invites')
      .values({
        id,
        organisation_id: actor.organisation,
        assessment_id: invite.assessment,
        candidate: invite.candidate,
        hash,
        deadline: invite.deadline,
        extra_minutes: invite.extraMinutes,
        max_submissions: invite.maxSubmissions,
        reveal: invite.reveal,
        created_by: actor.id,
      })
      .execute();
    await recordAudit(tx, actor, {
      action: 'invite.created',
      subject: id,
      details: { assessment: invite.assessment },
    });
    return { id, secret };
  });
}

export interface InviteFilter {
  /** Only invites older than this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Newest first. */
export function listInvites(store: Store, organisation: string, filter: InviteFilter): Promise<Invite[]> {
  let query = invites(store).where('i.organisation_id', '=', organisation);
  if (filter.before) query = query.where('i.id', '<', filter.before);
  return query.orderBy('i.id', 'desc').limit(filter.limit).execute();
}

export async function findInvite(store: Store, organisation: string, id: string): Promise<Invite | null> {
  const row = await invites(store)
    .where('i.organisation_id', '=', organisation)
    .where('i.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The invite of a link's secret, unless it was revoked or withdrawn from. After the deadline it can still be looked at. */
export async function openInvite(store: Store, secret: string): Promise<OpenedInvite | null> {
  const row = await invites(store)
    .innerJoin('organisations as o', 'o.id', 'i.organisation_id')
    .select(['o.id as organisationId', 'o.name as organisationName', 'o.keep_days as keepDays'])
    .where('i.hash', '=', hashOf(secret))
    .where('i.revoked_at', 'is', null)
    .where('i.withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const { organisationId, organisationName, keepDays, ...invite } = row;
  if (invite.openedAt === null) {
    await store
      .updateTable('invites')
      .set({ opened_at: sql<Date>`coalesce(opened_at, now())` })
      .where('id', '=', invite.id)
      .execute();
  }
  return { ...invite, organisation: { id: organisationId, name: organisationName, keepDays } };
}

type Changeable = 'deadline' | 'extraMinutes' | 'maxSubmissions' | 'reveal';
export type InviteChange = { readonly [K in Changeable]?: NewInvite[K] | undefined };

/** False when there is no such invite. `expect` may refuse what it finds, by throwing. */
export function changeInvite(
  store: Store,
  actor: Actor,
  id: string,
  change: InviteChange,
  expect: (before: Invite) => void = () => undefined,
): Promise<boolean> {
  const { deadline, extraMinutes, maxSubmissions, reveal } = change;
  return store.transaction().execute(async (tx) => {
    await tx.selectFrom('invites').select('id').where('id', '=', id).forNoKeyUpdate().execute();
    const before = await findInvite(tx, actor.organisation, id);
    if (!before) return false;
    expect(before);
    await tx
      .updateTable('invites')
      .set({
        ...(deadline && { deadline }),
        ...(extraMinutes !== undefined && { extra_minutes: extraMinutes }),
        ...(maxSubmissions !== undefined && { max_submissions: maxSubmissions }),
        reveal: sql<Reveal>`coalesce(${reveal ?? null}, reveal)`,
      })
      .where('id', '=', id)
      .execute();
    // What was changed is written down, and to what is not: an accommodation is nobody's business but the inviter's.
    const details = { fields: Object.keys(change).sort() };
    await recordAudit(tx, actor, { action: 'invite.changed', subject: id, details });
    return true;
  });
}

/** Closes the link for good. What was handed in stays. False when there is no such invite, or it was closed already. */
export function revokeInvite(store: Store, actor: Actor, id: string): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    const revoked = await tx
      .updateTable('invites')
      .set({ revoked_at: sql<Date>`now()` })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (revoked) await recordAudit(tx, actor, { action: 'invite.revoked', subject: id });
    return revoked !== undefined;
  });
}

const invites = (store: Store) =>
  store
    .selectFrom('invites as i')
    .select([
      'i.id',
      'i.assessment_id as assessment',
      'i.candidate',
      'i.deadline',
      'i.extra_minutes as extraMinutes',
      sql<Date>`i.deadline + make_interval(mins => i.extra_minutes)`.as('closesAt'),
      'i.max_submissions as maxSubmissions',
      'i.reveal',
      'i.created_at as createdAt',
      'i.opened_at as openedAt',
      'i.revoked_at as revokedAt',
      'i.withdrawn_at as withdrawnAt',
      sql<number>`(select count(*)::int from submissions s where s.invite_id = i.id)`.as('submissions'),
    ]);
