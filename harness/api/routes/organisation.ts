import { z } from 'zod';
import { changeSettings } from '../../accounts/organisation.js';
import { ACCESS } from '../../accounts/roles.js';
import type { OrganisationSettings } from '../../store/organisations.js';
import { readSettings } from '../../store/organisations.js';
import { checkIfMatch, ETAG_HEADER, IF_MATCH, sendResource } from '../routing/preconditions.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import { text } from '../routing/validate.js';

const settings = z.object({
  name: text(100).min(1, 'is empty'),
  blindReview: z
    .boolean()
    .meta({ description: 'Names of candidates are hidden until a decision is recorded.' }),
  keepDays: z
    .int()
    .min(1)
    .max(3650)
    .nullable()
    .meta({ description: 'After so many days a submission is erased; null: never by itself.' }),
});
const settingsSchema = settings.meta({ id: 'Organisation' });
export const settingsChanges = settings.partial();

const PATH = '/api/v1/organisation';

const show = route({
  method: 'get',
  path: PATH,
  summary: 'The settings of the organisation',
  access: ACCESS.read,
  answers: { 200: { description: 'As they are.', schema: settingsSchema, headers: ETAG_HEADER } },
  async handle({ principal, deps, res }) {
    sendResource(res, await readSettings(deps.store, principal.organisation));
  },
});

const update = route({
  method: 'patch',
  path: PATH,
  summary: 'Change settings of the organisation',
  access: ACCESS.admin,
  body: { 'application/json': settingsChanges },
  answers: {
    200: { description: `As they are now. ${IF_MATCH}`, schema: settingsSchema, headers: ETAG_HEADER },
  },
  errors: ['preconditionFailed'],
  async handle({ actor, body, deps, req, res }) {
    const expect = (before: OrganisationSettings): void => checkIfMatch(req, before);
    sendResource(res, await changeSettings(deps.store, actor, body, expect));
  },
});

export const organisationRoutes: readonly Route[] = [show, update];
