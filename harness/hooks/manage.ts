import { randomBytes } from 'node:crypto';
import type { Actor } from '../accounts/principal.js';
import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import type { HookEvent } from '../store/hook-events.js';
import { addDelivery, bodyOf } from '../store/hook-events.js';
import { addHook, deleteHook, findHook } from '../store/hooks.js';
import type { TrustedHosts } from './address.js';
import { urlFault } from './address.js';

export type Made =
  | { readonly kind: 'made'; readonly id: string; readonly secret: string }
  | { readonly kind: 'refused'; readonly fault: string };

/** `secret` is shown once: with it the receiver checks each message. */
export function makeHook(
  store: Store,
  actor: Actor,
  { url, events }: { readonly url: string; readonly events: readonly HookEvent[] },
  trusted: TrustedHosts,
): Promise<Made> {
  return store.transaction().execute(async (tx): Promise<Made> => {
    const fault = urlFault(url, trusted);
    if (fault !== null) return { kind: 'refused', fault };
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    const id = await addHook(tx, actor.organisation, { url, events, secret, createdBy: actor.id });
    await recordAudit(tx, actor, { action: 'hook.created', subject: id, details: { url, events } });
    return { kind: 'made', id, secret };
  });
}

/** False when there is no such webhook. */
export function dropHook(store: Store, actor: Actor, id: string): Promise<boolean> {
  return store.transaction().execute(async (tx) => {
    const gone = await deleteHook(tx, actor.organisation, id);
    if (gone) await recordAudit(tx, actor, { action: 'hook.deleted', subject: id });
    return gone;
  });
}

/** Sends a message that says nothing. The id of the message; null when there is no such webhook. */
export async function ping(store: Store, organisation: string, id: string): Promise<string | null> {
  if (!(await findHook(store, organisation, id))) return null;
  return addDelivery(store, id, bodyOf('ping', { webhook: id }));
}
