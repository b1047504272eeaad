import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';

const SESSION = 'assayer_session';
/** For forms of a browser that is not signed in, such as the one to sign in. */
const VISITOR = 'assayer_visitor';
const INVITATION = 'assayer_invitation';
const INVITATION_MS = 30 * 86_400_000;

const options = (req: Request): CookieOptions => ({
  httpOnly: true,
  // Lax, not strict: the first click on a link in a message must arrive signed in. Changes are guarded apart.
  sameSite: 'lax',
  secure: req.secure,
  path: '/',
});

export const sessionCookie = (req: Request): string | null => readCookie(req, SESSION);

export function setSessionCookie(res: Response, secret: string, seconds: number): void {
  res.cookie(SESSION, secret, { ...options(res.req), maxAge: seconds * 1000 });
}

export function clearSessionCookie(res: Response): void {
  res.clearCookie(SESSION, options(res.req));
}

/** The secret of the invite whose link this browser opened. */
export const invitationCookie = (req: Request): string | null => readCookie(req, INVITATION);

export function setInvitationCookie(res: Response, secret: string): void {
  res.cookie(INVITATION, secret, { ...options(res.req), path: '/invitation', maxAge: INVITATION_MS });
}

export function clearInvitationCookie(res: Response): void {
  res.clearCookie(INVITATION, { ...options(res.req), path: '/invitation' });
}

/**
 * The CSRF token of this browser: made from a cookie that only we and the browser know, so that it is bound to the
 * session, needs no storage, and does not give the cookie away.
 */
export function csrfToken(req: Request, res: Response): string {
  return tokenOf(sessionCookie(req) ?? readCookie(req, VISITOR) ?? newVisitor(res));
}

export function csrfHolds(req: Request, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  return [sessionCookie(req), readCookie(req, VISITOR)].some(
    (secret) => secret !== null && same(tokenOf(secret), given),
  );
}

const tokenOf = (secret: string): string =>
  createHmac('sha256', secret).update('assayer form').digest('base64url');

const same = (a: string, b: string): boolean =>
  a.length === b.length &&
  Buffer.byteLength(b) === a.length &&
  timingSafeEqual(Buffer.from(a), Buffer.from(b));

function newVisitor(res: Response): string {
  const made = res.locals.visitor ?? randomBytes(24).toString('base64url');
  res.locals.visitor = made;
  res.cookie(VISITOR, made, options(res.req));
  return made;
}

export function readCookie(req: Request, wanted: string): string | null {
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === wanted && value) return value;
  }
  return null;
}
