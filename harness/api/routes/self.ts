import { z } from 'zod';
import { ACCESS, ROLES, SCOPES } from '../../accounts/roles.js';
import { dropSession } from '../../accounts/sessions.js';
import { AssayerError } from '../../errors.js';
import { listSessions } from '../../store/sessions.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

const meSchema = z
  .object({
    kind: z.enum(['person', 'token']),
    id: z.string(),
    name: z.string(),
    role: z.enum([...ROLES, 'ci']),
    scopes: z.array(z.enum(SCOPES)).meta({ description: 'Of a token; a person has none.' }),
    organisation: z.object({ id: z.string(), name: z.string() }),
  })
  .meta({ id: 'Principal' });

const time = z.iso.datetime();
const sessionSchema = z
  .object({
    id: z.string(),
    address: z.string(),
    agent: z.string().meta({ description: 'As the browser calls itself.' }),
    createdAt: time,
    seenAt: time,
    current: z.boolean(),
  })
  .meta({ id: 'Session' });

const me = route({
  method: 'get',
  path: '/api/v1/me',
  summary: 'Who you are here',
  access: ACCESS.self,
  answers: { 200: { description: 'You.', schema: meSchema } },
  handle({ principal: { kind, id, name, role, scopes, organisation, organisationName }, res }) {
    res.json({ kind, id, name, role, scopes, organisation: { id: organisation, name: organisationName } });
  },
});

const sessions = route({
  method: 'get',
  path: '/api/v1/sessions',
  summary: 'Browsers that are signed in as you',
  access: ACCESS.self,
  answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(sessionSchema) }) } },
  async handle({ principal, deps, res }) {
    const found = await listSessions(deps.store, principal.organisation, principal.id);
    const items = found.map(({ id, address, agent, created_at, seen_at }) => ({
      ...{ id, address, agent },
      createdAt: created_at.toISOString(),
      seenAt: seen_at.toISOString(),
      current: id === principal.session,
    }));
    res.json({ items });
  },
});

const end = route({
  method: 'delete',
  path: '/api/v1/sessions/:id',
  summary: 'Sign one of your browsers out',
  access: ACCESS.self,
  answers: { 204: { description: 'It is signed out.' } },
  errors: ['sessionUnknown'],
  async handle({ actor, principal, params, deps, res }) {
    if (!(await dropSession(deps.store, actor, principal, params.id))) {
      throw new AssayerError('sessionUnknown', { id: params.id });
    }
    res.status(204).end();
  },
});

export const selfRoutes: readonly Route[] = [me, sessions, end];
