import compress from '@fastify/compress';
import Fastify from 'fastify';
import { randomUUID } from 'node:crypto';
import { config } from './config.js';
import { HttpError, sendProblem } from './errors.js';
import { log } from './log.js';
import { countRequest } from './metrics.js';
import { registerReads } from './routes/reads.js';
import { registerStream } from './routes/stream.js';
import { registerUpstream } from './routes/upstream.js';
import { registerWebhook } from './routes/webhook.js';

const goodId = /^[\w.-]{1,64}$/;

const app = Fastify({
  bodyLimit: 262144,
  routerOptions: { maxParamLength: 500 },
  frameworkErrors: (error, request, reply) => sendProblem(reply, 400, 'The path cannot be read'),
  genReqId: (request) =>
    goodId.test(request.headers['x-request-id'] ?? '') ? request.headers['x-request-id'] : randomUUID(),
});

app.addHook('onRequest', async (request, reply) => {
  reply.headers({
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000',
  });
});
app.addHook('onResponse', async (request, reply) => {
  const path = request.url.split('?')[0];
  log('info', 'request', { requestId: request.id, method: request.method, path, status: reply.statusCode });
  countRequest(request.method, path, reply.statusCode);
});

app.setNotFoundHandler((request, reply) => sendProblem(reply, 404, 'There is nothing here'));
app.setErrorHandler((error, request, reply) => {
  if (error instanceof HttpError)
    return sendProblem(reply, error.status, error.message, error.errors, error.headers);
  if (error.statusCode >= 400 && error.statusCode < 500)
    return sendProblem(reply, error.statusCode, 'The request is wrong');
  log('error', 'request failed', { requestId: request.id, reason: error.message });
  sendProblem(reply, 500, 'Something went wrong');
});

await app.register(compress, { threshold: 1024, encodings: ['gzip'] });
for (const register of [registerWebhook, registerReads, registerUpstream, registerStream]) {
  app.register(async (scope) => register(scope));
}

await app.listen({ port: config.port, host: '::' });
log('info', 'listening', { port: config.port });

process.on('SIGTERM', async () => {
  await app.close();
  process.exit(0);
});
