import { z } from 'zod';
import { rename } from '../../accounts/organisation.js';
import { ACCESS } from '../../accounts/roles.js';
import { organisationName } from '../../api/routes/organisation.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import type { Policy } from '../../store/policy.js';
import { changePolicy, readPolicy } from '../../store/policy.js';
import { definePage, sendPage } from '../frame/page.js';
import type { SettingsHead } from './tabs.js';
import { settingsFrame, settingsHead } from './tabs.js';

const PATH = '/settings/organisation';
const organisationPage = definePage<SettingsHead & Policy & { readonly name: string }>('organisation');

const form = z.object({
  name: organisationName,
  blindReview: z
    .literal('on')
    .optional()
    .transform((ticked) => ticked === 'on'),
  keepDays: z
    .union([z.literal(''), z.coerce.number().int().min(1).max(3650)])
    .transform((days) => (days === '' ? null : days)),
});

const show = route({
  method: 'get',
  path: PATH,
  summary: 'Name, blind review and retention',
  access: ACCESS.admin,
  pages: true,
  query: z.object({ done: z.string().optional() }),
  async handle(context) {
    const { organisation, organisationName: name } = context.principal;
    const policy = await readPolicy(context.deps.store, organisation);
    const frame = settingsFrame(context, 'organisation', context.query.done);
    const view = { ...settingsHead('organisation'), name, ...policy };
    sendPage(context.res, organisationPage(frame, view));
  },
});

const save = route({
  method: 'post',
  path: PATH,
  summary: 'Change name, blind review and retention',
  access: ACCESS.admin,
  pages: true,
  body: { 'application/x-www-form-urlencoded': form },
  async handle({ actor, body, deps, res }) {
    const { name, ...policy } = body;
    await rename(deps.store, actor, name, () => undefined);
    await changePolicy(deps.store, actor, policy);
    res.redirect(303, `${PATH}?done=changed`);
  },
});

export const organisationPages: readonly Route[] = [show, save];
