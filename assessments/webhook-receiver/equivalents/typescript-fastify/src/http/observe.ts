import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

/** A log line and a count for each request, once its answer is complete or its client is gone. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { method } = request;
    const started = performance.now();
    reply.raw.once('close', () => {
      const status = reply.raw.statusCode;
      metrics.countRequest({ method, route: request.routeOptions.url ?? 'unknown', status });
      request.log.info(
        {
          method,
          // Without the query: it may hold anything.
          path: request.originalUrl.split('?', 1)[0],
          status,
          durationMs: Math.round(performance.now() - started),
          aborted: reply.raw.writableFinished ? undefined : true,
        },
        'request finished',
      );
    });
    done();
  });
}
