import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import { endSession } from '../store/sessions.js';
import type { Actor, Principal } from './principal.js';

/** Ends one of the principal's own browser sessions. False when there is none of that id. */
export function dropSession(
  store: Store,
  actor: Actor,
  principal: Principal,
  session: string,
): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    const gone = await endSession(tx, principal.organisation, principal.id, session);
    if (gone) await recordAudit(tx, actor, { action: 'session.ended', subject: session });
    return gone;
  });
}
