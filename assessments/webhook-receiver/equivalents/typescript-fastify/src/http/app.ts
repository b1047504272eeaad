import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import type { Services } from '../services.js';
import { finishAnswers } from './answers.js';
import { sendErrors } from './errors.js';
import { observeRequests } from './observe.js';
import { answerClientError, createHttpServer } from './server.js';
import { refuseUnknown, routable } from './unknown.js';
import { credentialStatusRoutes } from './routes/credential-status.js';
import { credentialRoutes } from './routes/credentials.js';
import { eventRoutes } from './routes/events.js';
import { issuerRoutes } from './routes/issuer.js';
import { operationRoutes } from './routes/operations.js';
import { proofRoutes } from './routes/proofs.js';
import { webhookRoutes } from './routes/webhook.js';

export function buildApp(services: Services): FastifyInstance {
  const { logger, drain, metrics } = services;
  const app: FastifyInstance = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    // The server has made sure that there is one, and that it is harmless.
    genReqId: (request) => String(request.headers['x-request-id']),
    serverFactory: (handle) => createHttpServer(handle, drain),
    clientErrorHandler: (error, socket) => answerClientError(error, socket as Socket, logger),
    rewriteUrl: (request) => routable(request.url),
    // An id may be as long as it likes; it is just not one of ours.
    routerOptions: { maxParamLength: 16_384 },
    return503OnClosing: false,
  });

  observeRequests(app, metrics);
  refuseUnknown(app, drain);
  finishAnswers(app, drain);
  sendErrors(app);
  webhookRoutes(app, services);
  proofRoutes(app, services);
  credentialRoutes(app, services);
  credentialStatusRoutes(app, services);
  issuerRoutes(app, services);
  eventRoutes(app, services);
  operationRoutes(app, services);
  return app;
}
