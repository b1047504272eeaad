import type { Actor } from '../accounts/principal.js';
import type { Store } from './database.js';
import { jsonb } from './json.js';

/** What is written down of who did what. Names and contents of candidates are not: the log outlives their erasure. */
export const AUDIT_ACTIONS = [
  'session.opened',
  'session.refused',
  'session.ended',
  'token.created',
  'token.revoked',
  'submission.created',
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

/** Adds an entry; in the transaction of what it tells of, so that neither is there without the other. */
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
}
