import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Principal } from '../../accounts/principal.js';
import { ACCESS } from '../../accounts/roles.js';
import type { Store } from '../../store/database.js';
import { redeemLink } from '../../store/links.js';
import type { Holder } from '../../store/sessions.js';
import { createSession, endSession } from '../../store/sessions.js';
import { findToken } from '../../store/tokens.js';
import { clearSessionCookie, setSessionCookie } from '../../api/routing/cookies.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { signInPage } from './sign-in.js';

const SESSION_SECONDS = 12 * 3600;

/** Where the browser may be sent: a path of this server and nothing else. */
const localPath = (to: unknown): string =>
  typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/';

const home = route({
  method: 'get',
  path: '/',
  summary: 'Where a browser begins',
  access: 'public',
  pages: true,
  handle: async ({ identify, res }) => res.redirect(303, (await identify()) ? '/submissions' : '/signin'),
});

const show = route({
  method: 'get',
  path: '/signin',
  summary: 'Sign in, or be signed in by a one-time link',
  access: 'public',
  pages: true,
  query: z.object({ to: z.string().optional(), key: z.string().optional() }),
  async handle({ query, csrf, deps: { store }, req, res }) {
    const to = localPath(query.to);
    const link = query.key === undefined ? null : await redeemLink(store, 'signIn', query.key);
    if (link?.token == null) return signInPage({ to, wrong: false, csrf: csrf() }, res);
    await openSession(store, link.organisation, { token: link.token }, req, res);
    res.redirect(303, to);
  },
});

const enter = route({
  method: 'post',
  path: '/signin',
  summary: 'Sign in with a token',
  access: 'public',
  pages: true,
  body: { 'application/x-www-form-urlencoded': z.object({ token: z.string(), to: z.string().optional() }) },
  async handle({ body, csrf, deps: { store }, req, res }) {
    const to = localPath(body.to);
    const principal: Principal | null = await findToken(store, body.token.trim());
    if (principal === null) return signInPage({ to, wrong: true, csrf: csrf() }, res.status(401));
    await openSession(store, principal.organisation, { token: principal.id }, req, res);
    res.redirect(303, to);
  },
});

const leave = route({
  method: 'post',
  path: '/signout',
  summary: 'Sign out',
  access: ACCESS.self,
  pages: true,
  async handle({ principal, deps: { store }, res }) {
    const { organisation, id, session } = principal;
    if (session !== null) await endSession(store, organisation, id, session);
    clearSessionCookie(res);
    res.redirect(303, '/signin');
  },
});

export const entryRoutes: readonly Route[] = [home, show, enter, leave];

async function openSession(
  store: Store,
  organisation: string,
  holder: Holder,
  req: Request,
  res: Response,
): Promise<void> {
  const browser = { address: req.ip ?? '', agent: req.get('user-agent') ?? '' };
  const session = { holder, seconds: SESSION_SECONDS, ...browser };
  setSessionCookie(res, await createSession(store, organisation, session), SESSION_SECONDS);
}
