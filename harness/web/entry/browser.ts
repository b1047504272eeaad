import type { Request, Response } from 'express';
import type { Browser } from '../../accounts/sign-in.js';
import { SESSION_SECONDS } from '../../accounts/sign-in.js';
import { setSessionCookie } from '../../api/routing/cookies.js';

/** Where a request comes from, as a session remembers it. */
export const browserOf = (req: Request): Browser => ({
  address: req.ip ?? '',
  agent: req.get('user-agent') ?? '',
  requestId: String(req.res?.getHeader('x-request-id') ?? '') || null,
});

/** Where a browser may be sent: a path of this server and nothing else. */
export const localPath = (to: unknown): string =>
  typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/';

/** Signed in, and on to where the browser wanted to go. */
export function letIn(res: Response, session: string, to: string): void {
  setSessionCookie(res, session, SESSION_SECONDS);
  res.redirect(303, to);
}
