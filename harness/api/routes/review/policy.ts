import { ACCESS } from '../../../accounts/roles.js';
import { changePolicy, readPolicy } from '../../../store/policy.js';
import { checkIfMatch, ETAG_HEADER, IF_MATCH_HEADER, sendResource } from '../../routing/preconditions.js';
import type { Route } from '../../routing/types.js';
import { route } from '../../routing/types.js';
import { policyForm } from './forms.js';

const POLICY = '/api/v1/policy';
const policySchema = policyForm.meta({ id: 'Policy' });

const read = route({
  method: 'get',
  path: POLICY,
  summary: 'Blind review, and how long submissions are kept',
  access: ACCESS.read,
  answers: { 200: { description: 'As it is now.', schema: policySchema, headers: ETAG_HEADER } },
  handle: async ({ principal, deps, res }) =>
    sendResource(res, await readPolicy(deps.store, principal.organisation)),
});

const change = route({
  method: 'put',
  path: POLICY,
  summary: 'Change blind review and retention; what is overdue then is erased within minutes',
  access: ACCESS.manage,
  body: { 'application/json': policyForm },
  requestHeaders: IF_MATCH_HEADER,
  answers: { 200: { description: 'As it is now.', schema: policySchema, headers: ETAG_HEADER } },
  errors: ['preconditionFailed'],
  async handle({ actor, body, deps, req, res }) {
    await changePolicy(deps.store, actor, body, (before) => checkIfMatch(req, before));
    sendResource(res, await readPolicy(deps.store, actor.organisation));
  },
});

export const policyRoutes: readonly Route[] = [read, change];
