import type { Request } from 'express';
import type { Actor, Principal } from '../../accounts/principal.js';
import { AssayerError } from '../../errors.js';
import type { Store } from '../../store/database.js';
import { findSession } from '../../store/sessions.js';
import { findToken } from '../../store/tokens.js';
import { sessionCookie } from './cookies.js';

/** Who shows a valid API token or session cookie; null for anybody else. A token that is shown counts alone. */
export async function whoAsks(store: Store, req: Request): Promise<Principal | null> {
  const bearer = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return findToken(store, bearer);
  const session = sessionCookie(req);
  return session === null ? null : findSession(store, session);
}

/** Every current browser says where a request comes from; one that does not say is no page of ours. */
export function refuseCrossSite(req: Request): void {
  if (req.headers['sec-fetch-site'] !== 'same-origin') throw new AssayerError('crossSite', {});
}

export const changes = (req: Request): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(req.method);

export const actorOf = ({ organisation, kind, id, name }: Principal, req: Request): Actor => ({
  organisation,
  kind,
  id,
  name,
  address: req.ip ?? null,
  requestId: String(req.res?.getHeader('x-request-id') ?? '') || null,
});
