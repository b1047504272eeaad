import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.js';
import { Problem } from '../problem.js';

const REUSE_MS = 1000;

export function operationRoutes(app: FastifyInstance, { registry, metrics }: Services): void {
  app.get('/healthz', async () => ({ status: 'ok' }));

  let latest: { answer: Promise<boolean>; until: number } | null = null;
  app.get('/readyz', async (request) => {
    if (latest === null || performance.now() >= latest.until) latest = ask(request.id);
    if (!(await latest.answer)) throw new Problem(503, 'The registry does not answer.');
    return { status: 'ready' };
  });

  /** One question serves all who ask while it is open, and for a second after. */
  function ask(requestId: string) {
    const asked = { answer: registry.isHealthy(requestId), until: Infinity };
    void asked.answer.then(() => (asked.until = performance.now() + REUSE_MS));
    return asked;
  }

  app.get('/metrics', (_request, reply) => {
    void reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.render());
  });
}
