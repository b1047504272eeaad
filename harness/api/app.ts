import { randomUUID } from 'node:crypto';
import type { Express } from 'express';
import express from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { AssayerError } from '../errors.js';
import { assetRoutes } from '../web/frame/serve-assets.js';
import { slowGuesses } from './guesses.js';
import { lingerOnEarlyAnswers } from './linger.js';
import { loginRoutes, requireLogin } from './login.js';
import { handleErrors, nothingHere } from './problem.js';
import { assessmentRoutes } from './routes/assessments.js';
import { eventRoutes } from './routes/events.js';
import { healthRoutes } from './routes/health.js';
import { linkRoutes } from './routes/links.js';
import { scorecardRoutes } from './routes/scorecard.js';
import { submissionRoutes } from './routes/submissions.js';
import type { ApiDeps } from './types.js';

/** The whole HTTP interface. Everything but health and sign-in wants a token; every fault is a problem document. */
export function createApp(deps: ApiDeps): Express {
  const { store, config, log } = deps;
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
          path: req.url.split('?', 1)[0],
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
  app.use(lingerOnEarlyAnswers);
  app.use(healthRoutes(deps));
  app.use(assetRoutes());

  app.use(slowGuesses());
  app.use(loginRoutes(store));
  app.use('/api', requireLogin(store));
  app.use(
    '/api',
    rateLimit({
      windowMs: 60_000,
      limit: config.requestsPerMinute,
      keyGenerator: (_req, res) => res.locals.principal?.token ?? '',
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_req, _res, next) => next(new AssayerError('rateLimited', {})),
    }),
  );
  app.use(submissionRoutes(deps));
  app.use(eventRoutes(deps));
  app.use(scorecardRoutes(deps));
  app.use(assessmentRoutes(deps));
  app.use(linkRoutes(deps));
  app.use(nothingHere);
  app.use(handleErrors(log));
  return app;
}
