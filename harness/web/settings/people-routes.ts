import { z } from 'zod';
import type { Changed } from '../../accounts/people.js';
import { change, invite, linkFor } from '../../accounts/people.js';
import type { Permission } from '../../accounts/roles.js';
import { ACCESS, ROLES } from '../../accounts/roles.js';
import { originOf } from '../../api/origin.js';
import { newPerson } from '../../api/routes/people.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { AssayerError } from '../../errors.js';
import { findPerson, listPeople } from '../../store/people.js';
import { sendPage } from '../frame/page.js';
import type { PeopleExtras } from './people.js';
import { peoplePage, peopleView } from './people.js';
import { settingsFrame } from './tabs.js';

const PATH = '/settings/people';
const page = { access: ACCESS.admin, pages: true } as const;

const show = route({
  ...page,
  method: 'get',
  path: PATH,
  summary: 'People of the organisation',
  query: z.object({ done: z.string().optional() }),
  handle: (context) => render(context, {}, context.query.done),
});

const create = route({
  ...page,
  method: 'post',
  path: PATH,
  summary: 'Invite somebody',
  body: { 'application/x-www-form-urlencoded': newPerson },
  async handle(context) {
    const { actor, body, deps, res } = context;
    const invited = await invite(deps.store, actor, body);
    if (invited.kind === 'emailTaken') {
      res.status(409);
      return render(context, { typed: body, fault: 'Somebody has this e-mail address already.' });
    }
    res.status(201);
    await render(context, {
      link: { link: invited.link, name: body.name, origin: originOf(context.req, deps.config) },
    });
  },
});

const setRole = route({
  ...page,
  method: 'post',
  path: `${PATH}/:id/role`,
  summary: 'Change the role of a person',
  body: { 'application/x-www-form-urlencoded': z.object({ role: z.enum(ROLES) }) },
  async handle({ actor, params, body, deps, res }) {
    finish(params.id, await change(deps.store, actor, params.id, body, accept));
    res.redirect(303, `${PATH}?done=changed`);
  },
});

const setDisabled = (disabled: boolean): Route =>
  route({
    ...page,
    method: 'post',
    path: `${PATH}/:id/${disabled ? 'disable' : 'enable'}`,
    summary: disabled ? 'Let a person sign in no more' : 'Let a person sign in again',
    async handle({ actor, params, deps, res }) {
      finish(params.id, await change(deps.store, actor, params.id, { disabled }, accept));
      res.redirect(303, `${PATH}?done=${disabled ? 'disabled' : 'enabled'}`);
    },
  });

const makeLink = route({
  ...page,
  method: 'post',
  path: `${PATH}/:id/link`,
  summary: 'A new link for a person',
  async handle(context) {
    const { actor, params, deps } = context;
    const person = await findPerson(deps.store, actor.organisation, params.id);
    const link = person && (await linkFor(deps.store, actor, params.id));
    if (!link) throw new AssayerError('personUnknown', { id: params.id });
    await render(context, { link: { link, name: person.name, origin: originOf(context.req, deps.config) } });
  },
});

export const peoplePages: readonly Route[] = [
  show,
  create,
  setRole,
  setDisabled(true),
  setDisabled(false),
  makeLink,
];

type Ours = Pick<Context<Permission>, 'principal' | 'csrf' | 'deps' | 'res'>;

async function render(context: Ours, extras: PeopleExtras, done?: string): Promise<void> {
  const { principal, deps, res } = context;
  const people = await listPeople(deps.store, principal.organisation);
  const view = peopleView(people, principal.id, extras);
  sendPage(res, peoplePage(settingsFrame(context, 'people', done), view));
}

/** A form is sent for what the page showed; there is no state to compare it with. */
const accept = (): void => undefined;

function finish(id: string, { kind }: Changed): void {
  if (kind === 'unknown') throw new AssayerError('personUnknown', { id });
  if (kind === 'lastAdmin') throw new AssayerError('lastAdmin', {});
}
