import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import { dropSession } from '../../accounts/sessions.js';
import { open, signIn } from '../../accounts/sign-in.js';
import { actorOf } from '../../api/routing/authenticate.js';
import { clearSessionCookie } from '../../api/routing/cookies.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { text } from '../../api/routing/validate.js';
import { redeemLink } from '../../store/links.js';
import { findToken, findTokenById } from '../../store/tokens.js';
import { browserOf, letIn, localPath } from './browser.js';
import type { SignIn } from './sign-in.js';
import { signInPage } from './sign-in.js';

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
  async handle(context) {
    const { query, deps, req, res } = context;
    const to = localPath(query.to);
    const link = query.key === undefined ? null : await redeemLink(deps.store, 'signIn', query.key);
    const token = link?.token ? await findTokenById(deps.store, link.organisation, link.token) : null;
    if (!token) return signInAgain(context, { to });
    const holder = { token: token.id };
    letIn(res, await open(deps.store, actorOf(token, req), holder, 'link', browserOf(req)), to);
  },
});

const enter = route({
  method: 'post',
  path: '/signin',
  summary: 'Sign in with a password',
  access: 'public',
  pages: true,
  body: {
    'application/x-www-form-urlencoded': z.object({
      email: text(200),
      password: z.string().max(400),
      to: z.string().optional(),
    }),
  },
  async handle(context) {
    const { body, deps, req, res } = context;
    const { email, password, to } = body;
    const came = await signIn(deps.store, { email, password }, browserOf(req));
    switch (came.kind) {
      case 'signedIn':
        return letIn(res, came.session, localPath(to));
      case 'refused':
        res.status(401);
        return signInAgain(context, { to, email, fault: 'E-mail and password do not belong together.' });
      case 'tooMany':
        res.status(429).setHeader('Retry-After', came.retrySeconds);
        return signInAgain(context, { to, email, fault: TOO_MANY });
    }
  },
});

const TOO_MANY = 'Too many wrong passwords. Wait a quarter of an hour, or ask an admin for a link.';

const enterByToken = route({
  method: 'post',
  path: '/signin/token',
  summary: 'Sign in with an API token',
  access: 'public',
  pages: true,
  body: {
    'application/x-www-form-urlencoded': z.object({ token: z.string().max(400), to: z.string().optional() }),
  },
  async handle(context) {
    const { body, deps, req, res } = context;
    const principal = await findToken(deps.store, body.token.trim());
    if (principal === null) {
      const fault = 'This token is not valid. Check that you copied all of it.';
      return signInAgain({ ...context, res: res.status(401) }, { to: body.to, fault, withToken: true });
    }
    const holder = { token: principal.id };
    const session = await open(deps.store, actorOf(principal, req), holder, 'token', browserOf(req));
    letIn(res, session, localPath(body.to));
  },
});

const leave = route({
  method: 'post',
  path: '/signout',
  summary: 'Sign out',
  access: ACCESS.self,
  pages: true,
  async handle({ actor, principal, deps: { store }, res }) {
    if (principal.session !== null) await dropSession(store, actor, principal, principal.session);
    clearSessionCookie(res);
    res.redirect(303, '/signin');
  },
});

export const entryRoutes: readonly Route[] = [home, show, enter, enterByToken, leave];

interface Again extends Partial<Omit<SignIn, 'to'>> {
  readonly to: string | undefined;
}

/** The form, perhaps with what was wrong about the last try. */
export function signInAgain(
  { csrf, deps, res }: Pick<Context<'public'>, 'csrf' | 'deps' | 'res'>,
  { to, ...view }: Again,
): void {
  const empty = { email: '', fault: null, withToken: false, provider: deps.provider?.name ?? null };
  signInPage({ ...empty, ...view, to: localPath(to), csrf: csrf() }, res);
}
