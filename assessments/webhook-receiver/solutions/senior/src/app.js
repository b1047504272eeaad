import compression from 'compression';
import express from 'express';
import { allowOnly, answerProblem, notFound } from './http/problem.js';
import { requestContext } from './http/request-context.js';
import { securityHeaders } from './http/security-headers.js';
import { credentialRoutes } from './routes/credentials.js';
import { eventRoutes } from './routes/events.js';
import { operationRoutes } from './routes/operations.js';
import { proofRoutes } from './routes/proofs.js';
import { registryRoutes } from './routes/registry.js';
import { webhookRoutes } from './routes/webhooks.js';

export function createApp(deps) {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');

  /** Adds a path with its handlers by method; any other method gets a 405. */
  const route = (path, handlers) => {
    const target = app.route(path);
    for (const [method, chain] of Object.entries(handlers)) target[method](chain);
    target.all(allowOnly(Object.keys(handlers)));
  };

  app.use(requestContext(deps), securityHeaders);
  eventRoutes(route, deps); // before compression, which would hold events back
  app.use(compression({ threshold: 1024 }));
  for (const routes of [webhookRoutes, proofRoutes, credentialRoutes, registryRoutes, operationRoutes]) {
    routes(route, deps);
  }
  app.use(notFound);
  app.use(answerProblem(deps));
  return app;
}
