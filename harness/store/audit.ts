import type { Selectable } from 'kysely';
import type { Actor } from '../accounts/principal.js';
import type { Store } from './database.js';
import { announce, HOOK_EVENTS } from './hook-events.js';
import { jsonb } from './json.js';
import type { AuditTable } from './schema.js';

/** What is written down of who did what. Names and contents of candidates are not: the log outlives their erasure. */
export const AUDIT_ACTIONS = [
  'session.opened',
  'session.refused',
  'session.ended',
  'person.invited',
  'person.joined',
  'person.changed',
  'person.linkMade',
  'person.passwordSet',
  'organisation.changed',
  'hook.created',
  'hook.deleted',
  'intake.created',
  'intake.deleted',
  'token.created',
  'token.revoked',
  'submission.cancelled',
  'scorecard.downloaded',
  'submission.erased',
  'invite.created',
  'invite.changed',
  'invite.revoked',
  'invite.withdrawn',
  'decision.recorded',
  'override.recorded',
  'appeal.made',
  'appeal.answered',
  'share.created',
  'share.revoked',
  'share.opened',
  'regrade.begun',
  'regrade.promoted',
  'regrade.discarded',
  'policy.changed',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEntry {
  readonly action: AuditAction;
  /** Id of what it was done to. */
  readonly subject: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Adds an entry, and tells webhooks that want to know; in the transaction of what it tells of, so that neither is there without the other. */
export async function recordAudit(store: Store, actor: Actor, entry: AuditEntry): Promise<void> {
  await store
    .insertInto('audit_log')
    .values({
      organisation_id: actor.organisation,
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_name: actor.name,
      action: entry.action,
      subject: entry.subject,
      details: jsonb(entry.details ?? {}),
      address: actor.address,
      request_id: actor.requestId,
    })
    .execute();
  const event = HOOK_EVENTS.find((name) => name === entry.action);
  if (event) await announce(store, actor.organisation, event, { subject: entry.subject });
}

export type AuditView = Omit<Selectable<AuditTable>, 'organisation_id'>;

export interface AuditFilter {
  readonly action?: AuditAction | undefined;
  /** Id of who did it. */
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  /** Only entries older than the one of this number. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Newest first. */
export function listAudit(store: Store, organisation: string, filter: AuditFilter): Promise<AuditView[]> {
  let query = store
    .selectFrom('audit_log')
    .select(['id', 'at', 'actor_kind', 'actor_id', 'actor_name', 'action', 'subject', 'details'])
    .select(['address', 'request_id'])
    .where('organisation_id', '=', organisation)
    .orderBy('id', 'desc')
    .limit(filter.limit);
  if (filter.action) query = query.where('action', '=', filter.action);
  if (filter.actor) query = query.where('actor_id', '=', filter.actor);
  if (filter.subject) query = query.where('subject', '=', filter.subject);
  if (filter.before) query = query.where('id', '<', filter.before);
  return query.execute();
}
