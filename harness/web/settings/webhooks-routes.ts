import { z } from 'zod';
import type { Permission } from '../../accounts/roles.js';
import { ACCESS } from '../../accounts/roles.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { id } from '../../api/routing/validate.js';
import { AssayerError } from '../../errors.js';
import { dropHook, makeHook, ping } from '../../hooks/manage.js';
import { HOOK_EVENTS } from '../../store/hook-events.js';
import { findHook, listDeliveries, listHooks, sendAgain } from '../../store/hooks.js';
import { sendPage } from '../frame/page.js';
import { settingsFrame } from './tabs.js';
import type { WebhooksExtras } from './webhooks.js';
import { webhookPage, webhooksPage, webhooksView, webhookView } from './webhooks.js';

const PATH = '/settings/webhooks';
const SHOWN = 50;
const page = { access: ACCESS.admin, pages: true } as const;
const done = z.object({ done: z.string().optional() });
const event = z.enum(HOOK_EVENTS, 'choose what the address is told of');
const unknown = (hook: string): AssayerError => new AssayerError('hookUnknown', { id: hook });

const show = route({
  ...page,
  method: 'get',
  path: PATH,
  summary: 'Addresses that are told of what happens',
  query: done,
  handle: (context) => render(context, {}, context.query.done),
});

const create = route({
  ...page,
  method: 'post',
  path: PATH,
  summary: 'Have an address told',
  body: {
    'application/x-www-form-urlencoded': z.object({
      url: z.string().max(1000),
      events: z.union([z.array(event).min(1), event.transform((one) => [one])]),
    }),
  },
  async handle(context) {
    const { actor, body, deps, res } = context;
    const made = await makeHook(deps.store, actor, body, deps.config.hookHosts);
    res.status(made.kind === 'made' ? 201 : 422);
    await render(
      context,
      made.kind === 'made' ? { secret: made.secret } : { fault: made.fault, url: body.url },
    );
  },
});

const one = route({
  ...page,
  method: 'get',
  path: `${PATH}/:id`,
  summary: 'Messages to an address',
  query: done,
  async handle(context) {
    const { principal, params, query, deps, res } = context;
    const hook = await findHook(deps.store, principal.organisation, params.id);
    if (!hook) throw unknown(params.id);
    const deliveries = await listDeliveries(deps.store, principal.organisation, params.id, SHOWN);
    const frame = settingsFrame(context, 'webhooks', query.done);
    sendPage(res, webhookPage(frame, webhookView(hook, deliveries)));
  },
});

const test = route({
  ...page,
  method: 'post',
  path: `${PATH}/:id/ping`,
  summary: 'Send an address a message that says nothing',
  async handle({ principal, params, deps, res }) {
    const delivery = await ping(deps.store, principal.organisation, params.id);
    if (delivery === null) throw unknown(params.id);
    res.redirect(303, `${PATH}/${params.id}?done=sent`);
  },
});

const remove = route({
  ...page,
  method: 'post',
  path: `${PATH}/:id/delete`,
  summary: 'Tell an address nothing more',
  async handle({ actor, params, deps, res }) {
    if (!(await dropHook(deps.store, actor, params.id))) throw unknown(params.id);
    res.redirect(303, `${PATH}?done=deleted`);
  },
});

const again = route({
  ...page,
  method: 'post',
  path: `${PATH}/:id/deliveries/:delivery/redeliver`,
  summary: 'Send a message once more',
  params: z.object({ id, delivery: id }),
  async handle({ principal, params, deps, res }) {
    if (!(await sendAgain(deps.store, principal.organisation, params.delivery))) {
      throw new AssayerError('deliveryUnknown', { id: params.delivery });
    }
    res.redirect(303, `${PATH}/${params.id}?done=sent`);
  },
});

export const webhookPages: readonly Route[] = [show, create, one, test, remove, again];

type Ours = Pick<Context<Permission>, 'principal' | 'csrf' | 'deps' | 'res'>;

async function render(context: Ours, extras: WebhooksExtras, done?: string): Promise<void> {
  const hooks = await listHooks(context.deps.store, context.principal.organisation);
  const frame = settingsFrame(context, 'webhooks', done);
  sendPage(context.res, webhooksPage(frame, webhooksView(hooks, extras)));
}
