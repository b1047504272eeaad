import { z } from 'zod';
import type { Permission } from '../../accounts/roles.js';
import { ACCESS, SCOPES } from '../../accounts/roles.js';
import { dropToken, makeToken } from '../../accounts/tokens.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { text } from '../../api/routing/validate.js';
import { AssayerError } from '../../errors.js';
import { listTokens } from '../../store/tokens.js';
import { sendPage } from '../frame/page.js';
import { settingsFrame } from './tabs.js';
import { tokensPage, tokensView } from './tokens.js';

const PATH = '/settings/tokens';
const page = { access: ACCESS.admin, pages: true } as const;
const scope = z.enum(SCOPES, 'choose what the token may do');

/** A form sends one box that is ticked as a text, several as a list, and none as nothing. */
const tokenForm = z.object({
  name: text(100).min(1, 'is empty'),
  scopes: z.union([z.array(scope).min(1), scope.transform((one) => [one])]),
  days: z.enum(['30', '90', '365', '']).transform((days) => (days === '' ? null : Number(days))),
});

const show = route({
  ...page,
  method: 'get',
  path: PATH,
  summary: 'API tokens of the organisation',
  query: z.object({ done: z.string().optional() }),
  handle: (context) => render(context, null, context.query.done),
});

const create = route({
  ...page,
  method: 'post',
  path: PATH,
  summary: 'Make an API token, and show it once',
  body: { 'application/x-www-form-urlencoded': tokenForm },
  async handle(context) {
    const { secret } = await makeToken(context.deps.store, context.actor, context.body);
    context.res.status(201);
    await render(context, secret);
  },
});

const revoke = route({
  ...page,
  method: 'post',
  path: `${PATH}/:id/revoke`,
  summary: 'Revoke an API token',
  async handle({ actor, params, deps, res }) {
    if (!(await dropToken(deps.store, actor, params.id))) {
      throw new AssayerError('tokenUnknown', { id: params.id });
    }
    res.redirect(303, `${PATH}?done=revoked`);
  },
});

export const tokenPages: readonly Route[] = [show, create, revoke];

type Ours = Pick<Context<Permission>, 'principal' | 'csrf' | 'deps' | 'res'>;

async function render(context: Ours, secret: string | null, done?: string): Promise<void> {
  const tokens = await listTokens(context.deps.store, context.principal.organisation);
  const frame = settingsFrame(context, 'tokens', done);
  sendPage(context.res, tokensPage(frame, tokensView(tokens, secret)));
}
