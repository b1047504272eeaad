import type { RequestHandler } from 'express';
import type { ApiDeps } from '../types.js';
import type { Route } from './types.js';

/** Questions of machines, every few seconds, that say nothing of what people wait for. */
const QUIET = /^\/(livez|readyz|metrics)$/;

/** Tells of a request as a span, under the pattern of its path: the path itself and the query may hold secrets. */
export function traced({ method, path }: Route, { tracing }: Pick<ApiDeps, 'tracing'>): RequestHandler[] {
  if (!tracing || QUIET.test(path)) return [];
  const verb = method.toUpperCase();
  return [
    (req, res, next) => {
      const span = tracing.begin(`${verb} ${path}`, {
        kind: 'server',
        parent: req.get('traceparent') ?? null,
        attributes: {
          'http.request.method': verb,
          'http.route': path,
          'assayer.request': String(res.getHeader('x-request-id')),
        },
      });
      res.once('close', () => {
        const { statusCode } = res;
        span.set({ 'http.response.status_code': statusCode });
        span.end(statusCode >= 500 ? `answered ${statusCode}` : undefined);
      });
      tracing.within(span, next);
    },
  ];
}
