import { z } from 'zod';
import { changeSettings } from '../../accounts/organisation.js';
import { ACCESS } from '../../accounts/roles.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { text } from '../../api/routing/validate.js';
import type { OrganisationSettings } from '../../store/organisations.js';
import { readSettings } from '../../store/organisations.js';
import { definePage, sendPage } from '../frame/page.js';
import type { SettingsHead } from './tabs.js';
import { settingsFrame, settingsHead } from './tabs.js';

const PATH = '/settings/organisation';
const organisationPage = definePage<SettingsHead & OrganisationSettings>('organisation');

const form = z.object({
  name: text(100).min(1, 'is empty'),
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
    const settings = await readSettings(context.deps.store, context.principal.organisation);
    const frame = settingsFrame(context, 'organisation', context.query.done);
    const view = { ...settingsHead('organisation'), ...settings };
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
    await changeSettings(deps.store, actor, body, () => undefined);
    res.redirect(303, `${PATH}?done=changed`);
  },
});

export const organisationPages: readonly Route[] = [show, save];
