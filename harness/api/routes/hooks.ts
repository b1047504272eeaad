import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import { AssayerError } from '../../errors.js';
import { dropHook, makeHook, ping } from '../../hooks/manage.js';
import { HOOK_EVENTS } from '../../store/hook-events.js';
import type { DeliveryView, HookView } from '../../store/hooks.js';
import { findHook, listDeliveries, listHooks, sendAgain } from '../../store/hooks.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

const HOOKS = '/api/v1/webhooks';

const time = z.iso.datetime();
const hookSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.enum(HOOK_EVENTS)),
    createdAt: time,
    disabledAt: time
      .nullable()
      .meta({ description: 'When the address answered 410, so that nothing more is sent.' }),
  })
  .meta({ id: 'Webhook' });

const deliverySchema = z
  .object({
    id: z.string().meta({ description: 'Is sent as webhook-id, the same at each try.' }),
    event: z.string(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    answer: z.string().nullable().meta({ description: 'What came of the last try.' }),
    createdAt: time,
    attemptedAt: time.nullable(),
    nextAt: time.nullable().meta({ description: 'Of one that waits.' }),
  })
  .meta({ id: 'Delivery' });

export const newHook = z.object({
  url: z.string().min(1).max(1000),
  events: z.array(z.enum(HOOK_EVENTS)).min(1).max(HOOK_EVENTS.length),
});

const toHook = ({ created_at, disabled_at, ...hook }: HookView): z.output<typeof hookSchema> => ({
  ...hook,
  createdAt: created_at.toISOString(),
  disabledAt: disabled_at?.toISOString() ?? null,
});

const toDelivery = (one: DeliveryView): z.output<typeof deliverySchema> => ({
  id: one.id,
  event: one.event,
  state: one.state,
  attempts: one.attempts,
  answer: one.answer,
  createdAt: one.created_at.toISOString(),
  attemptedAt: one.attempted_at?.toISOString() ?? null,
  nextAt: one.state === 'waiting' ? one.next_at.toISOString() : null,
});

const unknown = (id: string): AssayerError => new AssayerError('hookUnknown', { id });

const list = route({
  method: 'get',
  path: HOOKS,
  summary: 'Addresses that are told of what happens',
  access: ACCESS.admin,
  answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(hookSchema) }) } },
  async handle({ principal, deps, res }) {
    res.json({ items: (await listHooks(deps.store, principal.organisation)).map(toHook) });
  },
});

const create = route({
  method: 'post',
  path: HOOKS,
  summary: 'Have an address told, by signed messages (Standard Webhooks)',
  access: ACCESS.admin,
  body: { 'application/json': newHook },
  answers: {
    201: {
      description: 'The secret that messages are signed with is shown here and never again.',
      schema: z.object({ id: z.string(), secret: z.string() }),
    },
  },
  async handle({ actor, body, deps, res }) {
    const made = await makeHook(deps.store, actor, body, deps.config.hookHosts);
    if (made.kind === 'refused') throw new AssayerError('bodyInvalid', { problem: made.fault });
    res.status(201).setHeader('Cache-Control', 'no-store').json({ id: made.id, secret: made.secret });
  },
});

const remove = route({
  method: 'delete',
  path: `${HOOKS}/:id`,
  summary: 'Tell an address nothing more',
  access: ACCESS.admin,
  answers: { 204: { description: 'It is gone, and its messages with it.' } },
  errors: ['hookUnknown'],
  async handle({ actor, params, deps, res }) {
    if (!(await dropHook(deps.store, actor, params.id))) throw unknown(params.id);
    res.status(204).end();
  },
});

const test = route({
  method: 'post',
  path: `${HOOKS}/:id/ping`,
  summary: 'Send an address a message that says nothing',
  access: ACCESS.admin,
  answers: { 202: { description: 'It is on its way.', schema: z.object({ delivery: z.string() }) } },
  errors: ['hookUnknown'],
  async handle({ principal, params, deps, res }) {
    const delivery = await ping(deps.store, principal.organisation, params.id);
    if (delivery === null) throw unknown(params.id);
    res.status(202).json({ delivery });
  },
});

const deliveries = route({
  method: 'get',
  path: `${HOOKS}/:id/deliveries`,
  summary: 'Messages to an address, newest first',
  access: ACCESS.admin,
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answers: {
    200: { description: 'The latest.', schema: z.object({ items: z.array(deliverySchema) }) },
  },
  errors: ['hookUnknown'],
  async handle({ principal: { organisation }, params, query, deps, res }) {
    if (!(await findHook(deps.store, organisation, params.id))) throw unknown(params.id);
    const found = await listDeliveries(deps.store, organisation, params.id, query.limit);
    res.json({ items: found.map(toDelivery) });
  },
});

const again = route({
  method: 'post',
  path: '/api/v1/deliveries/:id/redeliver',
  summary: 'Send a message once more, under the same id',
  access: ACCESS.admin,
  answers: { 202: { description: 'It is on its way.' } },
  errors: ['deliveryUnknown'],
  async handle({ principal, params, deps, res }) {
    if (!(await sendAgain(deps.store, principal.organisation, params.id))) {
      throw new AssayerError('deliveryUnknown', { id: params.id });
    }
    res.status(202).end();
  },
});

export const hookRoutes: readonly Route[] = [list, create, remove, test, deliveries, again];
