import type { CookieOptions, Request, RequestHandler, Response } from 'express';
import { Router, urlencoded } from 'express';
import { AssayerError } from '../errors.js';
import type { Store } from '../store/database.js';
import type { Principal } from '../store/tokens.js';
import { createToken, deleteToken, findToken, redeemLink } from '../store/tokens.js';
import { signInPage } from '../web/entry/sign-in.js';
import { prefersHtml } from './problem.js';

const COOKIE = 'assayer_session';
const SESSION_SECONDS = 12 * 3600;

/**
 * Lets in who shows a valid API token or session cookie. A browser without one is sent to the sign-in page. With a
 * cookie, things are changed only from pages of this server.
 */
export const requireLogin =
  (store: Store): RequestHandler =>
  async (req, res, next) => {
    const principal = await whoAsks(store, req);
    if (principal) {
      res.locals.principal = principal;
      return next();
    }
    if (prefersHtml(res)) return res.redirect(303, `/signin?to=${encodeURIComponent(req.originalUrl)}`);
    throw new AssayerError('unauthenticated', {});
  };

async function whoAsks(store: Store, req: Request): Promise<Principal | null> {
  const bearer = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return findToken(store, bearer, ['api']);
  const session = cookieOf(req);
  if (session === null) return null;
  const principal = await findToken(store, session, ['session']);
  if (principal && !['GET', 'HEAD'].includes(req.method)) refuseCrossSite(req);
  return principal;
}

/** Every current browser says where a request comes from; one that does not say is no page of ours. */
function refuseCrossSite(req: Request): void {
  if (req.headers['sec-fetch-site'] !== 'same-origin') throw new AssayerError('crossSite', {});
}

/** Where the browser may be sent: a path of this server and nothing else. */
const localPath = (to: unknown): string =>
  typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/';

/** Pages to sign in with an API token or a one-time link, and to sign out. */
export function loginRoutes(store: Store): Router {
  const router = Router();

  router.get('/', async (req, res) => {
    const session = cookieOf(req);
    const principal = session === null ? null : await findToken(store, session, ['session']);
    res.redirect(303, principal ? '/submissions' : '/signin');
  });

  router.get('/signin', async (req, res) => {
    const to = localPath(req.query['to']);
    const key = req.query['key'];
    const name = typeof key === 'string' ? await redeemLink(store, key) : null;
    if (name === null) return signInPage({ to, wrong: false }, res);
    await openSession(store, name, res);
    res.redirect(303, to);
  });

  router.post(
    '/signin',
    urlencoded({ extended: false, limit: '4kb', parameterLimit: 5 }),
    async (req, res) => {
      refuseCrossSite(req);
      const { token, to } = req.body as { token?: unknown; to?: unknown };
      const principal = typeof token === 'string' ? await findToken(store, token.trim(), ['api']) : null;
      if (principal === null) return signInPage({ to: localPath(to), wrong: true }, res.status(401));
      await openSession(store, principal.name, res);
      res.redirect(303, localPath(to));
    },
  );

  router.post('/signout', async (req, res) => {
    refuseCrossSite(req);
    const session = cookieOf(req);
    const principal = session === null ? null : await findToken(store, session, ['session']);
    if (principal) await deleteToken(store, principal.token);
    res.clearCookie(COOKIE, cookieOptions(res));
    res.redirect(303, '/signin');
  });

  return router;
}

async function openSession(store: Store, name: string, res: Response): Promise<void> {
  const secret = await createToken(store, { kind: 'session', name, seconds: SESSION_SECONDS });
  res.cookie(COOKIE, secret, { ...cookieOptions(res), maxAge: SESSION_SECONDS * 1000 });
}

const cookieOptions = ({ req }: Response): CookieOptions => ({
  httpOnly: true,
  // Lax, not strict: the first click on a link in a message must arrive signed in. Changes are guarded apart.
  sameSite: 'lax',
  secure: req.secure,
  path: '/',
});

function cookieOf(req: Request): string | null {
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value) return decodeURIComponent(value);
  }
  return null;
}
