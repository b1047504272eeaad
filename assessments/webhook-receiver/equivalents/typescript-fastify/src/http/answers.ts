import type { FastifyInstance } from 'fastify';
import { compress, isWorthCompressing } from './compression.js';
import type { Drain } from './drain.js';

/** The last touch on answers with a body in memory: compression, and the end of the connection during a shutdown. */
export function finishAnswers(app: FastifyInstance, drain: Drain): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (drain.isDraining) reply.header('connection', 'close');
    if (typeof payload !== 'string' || !isWorthCompressing(payload)) return payload;
    reply.header('vary', 'accept-encoding');
    const compressed = await compress(payload, String(request.headers['accept-encoding'] ?? ''));
    if (!compressed) return payload;
    reply.header('content-encoding', compressed.encoding);
    reply.removeHeader('content-length');
    return compressed.body;
  });
}
