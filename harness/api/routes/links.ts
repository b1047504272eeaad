import { json, Router } from 'express';
import { AssayerError } from '../../errors.js';
import { createToken } from '../../store/tokens.js';
import { only } from '../problem.js';
import type { ApiDeps } from '../types.js';

/** Long enough to look at what a demo made; the link works once, and from then on the browser has its session. */
const LINK_SECONDS = 3600;

/**
 * Makes a link that signs a browser in, once, and leads to `to`: so that a program with a token can print an address
 * that a person can open.
 */
export function linkRoutes({ store }: Pick<ApiDeps, 'store'>): Router {
  const router = Router();
  router
    .route('/api/v1/signin-links')
    .post(json({ limit: '4kb' }), async (req, res) => {
      const { to } = (req.body ?? {}) as { to?: unknown };
      if (typeof to !== 'string' || !to.startsWith('/')) {
        throw new AssayerError('bodyInvalid', { problem: 'The field to is a path of this server.' });
      }
      const name = res.locals.principal?.name ?? '';
      const key = await createToken(store, { kind: 'link', name, seconds: LINK_SECONDS });
      const path = `/signin?${new URLSearchParams({ key, to }).toString()}`;
      res.status(201).json({ path, expiresInSeconds: LINK_SECONDS });
    })
    .all(only('POST'));
  return router;
}
