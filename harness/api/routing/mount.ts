import type { Express, Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import type { Principal } from '../../accounts/principal.js';
import { may } from '../../accounts/principal.js';
import { AssayerError } from '../../errors.js';
import { only, prefersHtml } from '../problem.js';
import type { ApiDeps } from '../types.js';
import { actorOf, changes, refuseCrossSite, whoAsks } from './authenticate.js';
import type { ReadBody } from './body.js';
import { bodyReader, NOTHING } from './body.js';
import { csrfToken } from './cookies.js';
import { byPath } from './order.js';
import { traced } from './trace.js';
import type { Context, Route } from './types.js';
import { id, parse } from './validate.js';

/** Mounts every route of the program. Nothing answers that is not in this list. */
export function mountRoutes(app: Express, routes: readonly Route[], deps: ApiDeps): void {
  const limit = limitRequests(deps.config.requestsPerMinute);
  const reader = bodyReader(deps);
  for (const [path, methods] of byPath(routes)) {
    const mounted = app.route(path);
    for (const one of methods) {
      const readBody = reader(one, one.pages === true && one.method !== 'get');
      const steps = [measure(one, deps), identify(one, deps), limit, serve(one, deps, readBody)];
      mounted[one.method](...traced(one, deps), ...steps);
    }
    mounted.all(only(...methods.map(({ method }) => method.toUpperCase())));
  }
  // Which paths there are is told only to who may ask.
  app.use('/api', requirePrincipal(deps), limit);
}

const measure =
  (route: Route, { metrics }: ApiDeps): RequestHandler =>
  (_req, res, next) => {
    const began = performance.now();
    // An event stream lasts as long as the run does, which says nothing of how fast we answer.
    res.once('finish', () => {
      if (String(res.getHeader('content-type')).startsWith('text/event-stream')) return;
      metrics.observe(route, res.statusCode, (performance.now() - began) / 1000);
    });
    next();
  };

const requirePrincipal =
  ({ store }: ApiDeps): RequestHandler =>
  async (req, _res, next) => {
    if (!(await whoAsks(store, req))) throw new AssayerError('unauthenticated', {});
    next();
  };

/** Lets in who may use the route. A browser that is not signed in is sent to the page where it can. */
function identify({ access, pages, method }: Route, { store }: ApiDeps): RequestHandler {
  return async (req, res, next) => {
    if (access === 'public') {
      if (pages && changes(req)) refuseCrossSite(req);
      return next();
    }
    const principal = await whoAsks(store, req);
    if (!principal) {
      if (method === 'get' && (pages || prefersHtml(res))) {
        return res.redirect(303, `/signin?to=${encodeURIComponent(req.originalUrl)}`);
      }
      throw new AssayerError('unauthenticated', {});
    }
    if (!may(principal, access)) throw new AssayerError('forbidden', { role: principal.role });
    if (principal.session !== null && changes(req)) refuseCrossSite(req);
    res.locals.principal = principal;
    next();
  };
}

const limitRequests = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    keyGenerator: (req, res) => res.locals.principal?.id ?? req.ip ?? '',
    // Health has to be told also to who asks often.
    skip: (req) => /^\/(livez|readyz|metrics)$/.test(req.path),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    handler: (_req, _res, next) => next(new AssayerError('rateLimited', {})),
  });

function serve(route: Route, deps: ApiDeps, readBody: ReadBody): RequestHandler {
  return async (req, res) => {
    const given = {
      params: paramsOf(route, req),
      query: parse(route.query ?? z.object({}), filled(req.query), 'query'),
    };
    const context = (body: Pick<Context, 'body' | 'bytes' | 'archive'>): Context => ({
      ...whoOf(res),
      ...given,
      ...body,
      deps,
      req,
      res,
      identify: () => whoAsks(deps.store, req),
      csrf: () => csrfToken(req, res),
    });
    if (route.method === 'get')
      return route.handle(context({ body: undefined, bytes: NOTHING, archive: null }));
    await readBody(req, res, async (body) => route.handle(context(body)));
  };
}

function whoOf(res: Response): Pick<Context, 'principal' | 'actor'> {
  const principal: Principal | undefined = res.locals.principal;
  return principal ? { principal, actor: actorOf(principal, res.req) } : { principal: null, actor: null };
}

/** A form that is sent by GET names its empty fields too; they ask for nothing. */
const filled = (query: Request['query']): object =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));

/** A name that can be none is told as a path where there is nothing. */
function paramsOf(route: Route, req: Request): unknown {
  const schema = route.params ?? z.record(z.string(), id);
  const parsed = schema.safeParse(req.params);
  if (parsed.success) return parsed.data;
  throw new AssayerError('routeUnknown', { path: req.path.slice(0, 200) });
}
