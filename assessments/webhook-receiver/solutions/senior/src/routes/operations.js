import { Problem } from '../http/problem.js';
import { TtlCache } from '../ttl-cache.js';

const READINESS_TTL_MS = 500;

export function operationRoutes(route, { registry, metrics }) {
  const health = new TtlCache(READINESS_TTL_MS, (requestId) => registry.isHealthy(requestId));

  route('/healthz', {
    get: (request, response) => response.json({ status: 'ok' }),
  });
  route('/readyz', {
    get: async (request, response) => {
      if (!(await health.get(request.id))) throw new Problem(503, 'The registry cannot be reached.');
      response.json({ status: 'ready' });
    },
  });
  route('/metrics', {
    get: async (request, response) => {
      response.type(metrics.contentType).send(await metrics.text());
    },
  });
}
