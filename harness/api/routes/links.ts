import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import { AssayerError } from '../../errors.js';
import { createLink } from '../../store/links.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

/** Long enough to look at what a demo made; the link works once, and from then on the browser has its session. */
const LINK_SECONDS = 3600;

/**
 * Makes a link that signs a browser in, once, and leads to `to`: so that a program with a token can print an address
 * that a person can open. The browser may do what the token may.
 */
const create = route({
  method: 'post',
  path: '/api/v1/signin-links',
  summary: 'Make a link that signs a browser in once, as this token',
  access: ACCESS.self,
  body: {
    'application/json': z.object({ to: z.string().max(2000).regex(/^\//, 'is a path of this server') }),
  },
  answers: {
    201: { description: 'The link.', schema: z.object({ path: z.string(), expiresInSeconds: z.int() }) },
  },
  errors: ['tokenNeeded'],
  async handle({ principal, body, deps, res }) {
    if (principal.kind !== 'token') throw new AssayerError('tokenNeeded', {});
    const link = { purpose: 'signIn', person: null, token: principal.id, seconds: LINK_SECONDS } as const;
    const key = await createLink(deps.store, principal.organisation, link);
    const path = `/signin?${new URLSearchParams({ key, to: body.to }).toString()}`;
    res.status(201).json({ path, expiresInSeconds: LINK_SECONDS });
  },
});

export const linkRoutes: readonly Route[] = [create];
