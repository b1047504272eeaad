import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import { createToken, revokeToken } from '../store/tokens.js';
import type { Actor } from './principal.js';
import type { Scope } from './roles.js';

export interface TokenRequest {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Null: until it is revoked. */
  readonly days: number | null;
}

export function makeToken(
  store: Store,
  actor: Actor,
  { name, scopes, days }: TokenRequest,
): Promise<{ readonly id: string; readonly secret: string }> {
  return store.transaction().execute(async (tx) => {
    const seconds = days === null ? null : days * 24 * 3600;
    const made = await createToken(tx, actor.organisation, { name, scopes, seconds, createdBy: actor.id });
    await recordAudit(tx, actor, {
      action: 'token.created',
      subject: made.id,
      details: { name, scopes, days },
    });
    return made;
  });
}

/** False when there is no such token. */
export function dropToken(store: Store, actor: Actor, id: string): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    const gone = await revokeToken(tx, actor.organisation, id);
    if (gone) await recordAudit(tx, actor, { action: 'token.revoked', subject: id });
    return gone;
  });
}
