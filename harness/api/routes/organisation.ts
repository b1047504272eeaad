import { z } from 'zod';
import { rename } from '../../accounts/organisation.js';
import { ACCESS } from '../../accounts/roles.js';
import type { OrganisationView } from '../../store/organisations.js';
import { findOrganisation } from '../../store/organisations.js';
import { checkIfMatch, ETAG_HEADER, IF_MATCH_HEADER, sendResource } from '../routing/preconditions.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import { text } from '../routing/validate.js';

export const organisationName = text(100).min(1, 'is empty');
const organisationSchema = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Organisation' });

const PATH = '/api/v1/organisation';

const show = route({
  method: 'get',
  path: PATH,
  summary: 'Which organisation this is',
  access: ACCESS.read,
  answers: { 200: { description: 'As they are.', schema: organisationSchema, headers: ETAG_HEADER } },
  async handle({ principal, deps, res }) {
    sendResource(res, await findOrganisation(deps.store, principal.organisation));
  },
});

const update = route({
  method: 'patch',
  path: PATH,
  summary: 'Rename the organisation',
  access: ACCESS.admin,
  body: { 'application/json': z.object({ name: organisationName }) },
  requestHeaders: IF_MATCH_HEADER,
  answers: {
    200: { description: 'As they are now.', schema: organisationSchema, headers: ETAG_HEADER },
  },
  errors: ['preconditionFailed'],
  async handle({ actor, body, deps, req, res }) {
    const expect = (before: OrganisationView): void => checkIfMatch(req, before);
    sendResource(res, await rename(deps.store, actor, body.name, expect));
  },
});

export const organisationRoutes: readonly Route[] = [show, update];
