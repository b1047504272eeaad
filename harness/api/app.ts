import { randomUUID } from 'node:crypto';
import type { Express } from 'express';
import express from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { slowGuesses } from './guesses.js';
import { lingerOnEarlyAnswers } from './linger.js';
import { handleErrors, nothingHere } from './problem.js';
import { ROUTES } from './routes/index.js';
import { mountRoutes } from './routing/mount.js';
import type { ApiDeps } from './types.js';

/** The whole HTTP interface: what stands in the list of routes, and nothing else. Every fault is a problem document. */
export function createApp(deps: ApiDeps): Express {
  const { config, log } = deps;
  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  app.set('json spaces', 2);
  app.disable('x-powered-by');

  app.use(
    pinoHttp({
      logger: log,
      genReqId: (req, res) => {
        const given = req.headers['x-request-id'];
        const id = typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
        res.setHeader('X-Request-Id', id);
        return id;
      },
      // The path alone: a query may hold a one-time key, headers hold tokens.
      serializers: {
        req: (req: { id: string; method: string; url: string }) => ({
          id: req.id,
          method: req.method,
          // Links of candidates hold their secret in the path, since they are to be opened more than once.
          path: req.url.split('?', 1)[0]?.replace(/\basr_[\w-]+/g, '[hidden]'),
        }),
        res: (res: { statusCode: number }) => ({ status: res.statusCode }),
      },
      customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'warn' : 'info'),
    }),
  );
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
      },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use((_req, res, next) => {
    res.locals.arrivedAt = new Date();
    next();
  });
  app.use(lingerOnEarlyAnswers);
  app.use(slowGuesses());
  mountRoutes(app, ROUTES, deps);
  app.use(nothingHere);
  app.use(handleErrors(log));
  return app;
}
