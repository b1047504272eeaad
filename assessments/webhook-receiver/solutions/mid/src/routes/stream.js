import { route } from '../errors.js';
import { log } from '../log.js';
import { streams } from '../metrics.js';
import { changes } from '../store.js';

let lastId = 0;
changes.on('change', () => lastId++);

export function registerStream(scope) {
  route(scope, 'GET', '/api/v1/events', (request, reply) => {
    reply.hijack();
    const out = reply.raw;
    out.writeHead(200, {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
    });
    out.write(':\n\n');
    const send = (event, proof) =>
      out.write(`id: ${lastId}\nevent: ${event}\ndata: ${JSON.stringify(proof)}\n\n`);
    changes.on('change', send);
    streams.inc();
    request.raw.socket.on('close', () => {
      changes.off('change', send);
      streams.dec();
      log('info', 'stream closed', { requestId: request.id });
    });
  });
}
