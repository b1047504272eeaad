import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.js';

export function eventRoutes(app: FastifyInstance, { streams }: Services): void {
  // A stream has no end whose head could be asked for, so there is no HEAD here.
  app.get('/api/v1/events', { exposeHeadRoute: false }, (request, reply) => {
    const lastEventId = request.headers['last-event-id'];
    // The stream outlives what the framework does for an answer.
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    reply.raw.flushHeaders();
    streams.open(reply.raw, typeof lastEventId === 'string' ? lastEventId : undefined);
  });
}
