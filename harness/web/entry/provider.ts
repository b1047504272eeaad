import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Kept } from '../../accounts/oidc.js';
import { signInProvided } from '../../accounts/provided.js';
import { originOf } from '../../api/origin.js';
import { readCookie } from '../../api/routing/cookies.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { AssayerError } from '../../errors.js';
import { browserOf, letIn, localPath } from './browser.js';
import { signInAgain } from './routes.js';

const PATH = '/signin/provider';
const CALLBACK = `${PATH}/callback`;
const COOKIE = 'assayer_provider';
/** For the time that somebody spends at the provider. */
const KEPT_MS = 10 * 60_000;

const begin = route({
  method: 'get',
  path: PATH,
  summary: 'Sign in with the provider of the company',
  access: 'public',
  pages: true,
  query: z.object({ to: z.string().optional() }),
  async handle({ query, deps, req, res }) {
    if (!deps.provider) throw new AssayerError('routeUnknown', { path: PATH });
    const { url, kept } = await deps.provider.begin(`${originOf(req, deps.config)}${CALLBACK}`);
    keep(res, { ...kept, to: localPath(query.to) });
    res.redirect(303, url.href);
  },
});

const end = route({
  method: 'get',
  path: CALLBACK,
  summary: 'Where the provider sends the browser back to',
  access: 'public',
  pages: true,
  async handle(context) {
    const { deps, req, res } = context;
    if (!deps.provider) throw new AssayerError('routeUnknown', { path: CALLBACK });
    const kept = keptBy(req);
    if (!kept) return signInAgain({ ...context, res: res.status(403) }, { to: '/', fault: TOO_LATE });
    forget(res);
    const callback = new URL(req.originalUrl, originOf(req, deps.config));
    const identity = await deps.provider.finish(callback, kept);
    const session = await signInProvided(deps.store, identity, browserOf(req));
    if (session !== null) return letIn(res, session, localPath(kept.to));
    res.status(403);
    signInAgain(context, {
      to: kept.to,
      fault: `${deps.provider.name} knows you, and this server does not. Ask an admin to invite you.`,
    });
  },
});

const TOO_LATE = 'Signing in took too long, or began in another browser. Please begin once more.';

export const providerRoutes: readonly Route[] = [begin, end];

const keptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
});
type KeptHere = Kept & { readonly to: string };

const options = (res: Response) => ({
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: res.req.secure,
  path: PATH,
});

function keep(res: Response, kept: KeptHere): void {
  const value = Buffer.from(JSON.stringify(kept)).toString('base64url');
  res.cookie(COOKIE, value, { ...options(res), maxAge: KEPT_MS });
}

const forget = (res: Response): void => void res.clearCookie(COOKIE, options(res));

function keptBy(req: Request): KeptHere | null {
  const value = readCookie(req, COOKIE);
  if (value === null) return null;
  try {
    return keptSchema.parse(JSON.parse(Buffer.from(value, 'base64url').toString()));
  } catch {
    return null;
  }
}
