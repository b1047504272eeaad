import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.js';
import { Problem } from '../problem.js';

export function issuerRoutes(app: FastifyInstance, { issuerCache }: Services): void {
  app.get('/api/v1/issuer', async (request, reply) => {
    const result = await issuerCache.get(request.id);
    switch (result.kind) {
      case 'document':
        return reply.type('application/json').send(result.json);
      case 'timeout':
        throw new Problem(504, 'The registry did not answer in time.');
      case 'failed':
        throw new Problem(502, 'The registry gave no answer that could be used.');
    }
  });
}
