import { z } from 'zod';
import { ACCESS, SCOPES } from '../../accounts/roles.js';
import { dropToken, makeToken } from '../../accounts/tokens.js';
import { AssayerError } from '../../errors.js';
import type { TokenView } from '../../store/tokens.js';
import { listTokens } from '../../store/tokens.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import { text } from '../routing/validate.js';

export const TOKENS = '/api/v1/tokens';

const time = z.iso.datetime();
const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: time,
    expiresAt: time.nullable(),
    lastUsedAt: time.nullable().meta({ description: 'To the minute.' }),
  })
  .meta({ id: 'Token' });

export const newToken = z.object({
  name: text(100).min(1, 'is empty'),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  days: z.int().min(1).max(3650).nullable().default(null),
});

const toToken = (token: TokenView): z.output<typeof tokenSchema> => ({
  id: token.id,
  name: token.name,
  scopes: token.scopes,
  createdAt: token.created_at.toISOString(),
  expiresAt: token.expires_at?.toISOString() ?? null,
  lastUsedAt: token.last_used_at?.toISOString() ?? null,
});

const list = route({
  method: 'get',
  path: TOKENS,
  summary: 'The API tokens of the organisation',
  access: ACCESS.admin,
  answers: { 200: { description: 'Valid ones.', schema: z.object({ items: z.array(tokenSchema) }) } },
  async handle({ principal, deps, res }) {
    res.json({ items: (await listTokens(deps.store, principal.organisation)).map(toToken) });
  },
});

const create = route({
  method: 'post',
  path: TOKENS,
  summary: 'Make an API token',
  access: ACCESS.admin,
  body: { 'application/json': newToken },
  answers: {
    201: {
      description: 'The token itself, which is shown here and never again.',
      schema: z.object({ id: z.string(), token: z.string() }),
    },
  },
  async handle({ actor, body, deps, res }) {
    const { id, secret } = await makeToken(deps.store, actor, body);
    res.status(201).setHeader('Cache-Control', 'no-store').json({ id, token: secret });
  },
});

const remove = route({
  method: 'delete',
  path: `${TOKENS}/:id`,
  summary: 'Revoke an API token, and the browser sessions that it opened',
  access: ACCESS.admin,
  answers: { 204: { description: 'It is worth nothing any more.' } },
  errors: ['tokenUnknown'],
  async handle({ actor, params, deps, res }) {
    if (!(await dropToken(deps.store, actor, params.id))) {
      throw new AssayerError('tokenUnknown', { id: params.id });
    }
    res.status(204).end();
  },
});

export const tokenRoutes: readonly Route[] = [list, create, remove];
