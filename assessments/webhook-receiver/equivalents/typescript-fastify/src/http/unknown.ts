import type { FastifyInstance } from 'fastify';
import type { Drain } from './drain.js';
import { Problem } from './problem.js';

type Resource = { pattern: RegExp; methods: Set<string> };

/**
 * 404 for unknown paths, 405 for known ones with another method, 503 while we shut down. All before a body is
 * looked at. Must be called before the routes are declared, since it learns of them as they are.
 */
export function refuseUnknown(app: FastifyInstance, drain: Drain): void {
  const resources = new Map<string, Resource>();
  app.addHook('onRoute', ({ url, method }) => {
    const resource = resources.get(url) ?? { pattern: toPattern(url), methods: new Set<string>() };
    for (const name of [method].flat()) resource.methods.add(name);
    resources.set(url, resource);
  });

  app.addHook('onRequest', (request, _reply, done) => {
    if (drain.isDraining) return done(new Problem(503, 'The service is shutting down.'));
    if (!request.is404) return done();
    const path = request.url.split('?', 1)[0] ?? '';
    const known = [...resources.values()].find(({ pattern }) => pattern.test(path));
    if (!known) return done(new Problem(404, 'There is nothing at this path.'));
    const allow = [...known.methods].join(', ');
    done(new Problem(405, `This path takes ${allow}.`, { headers: { allow } }));
  });
}

/** The target as the router takes it; one that it could not even decode becomes a path that nothing is at. */
export function routable(target = '/'): string {
  if (!target.startsWith('/')) return '/';
  if (!target.includes('%')) return target;
  try {
    decodeURIComponent(target.split('?', 1)[0] ?? '');
    return target;
  } catch {
    return '/';
  }
}

function toPattern(url: string): RegExp {
  return new RegExp(`^${url.replace(/:[^/]+/g, '[^/]+')}$`);
}
