import { ACCESS } from '../../accounts/roles.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { accountPages } from './account-routes.js';
import { auditPages } from './audit-routes.js';
import { intakePages } from './intakes-routes.js';
import { organisationPages } from './organisation-routes.js';
import { peoplePages } from './people-routes.js';
import { tokenPages } from './tokens-routes.js';
import { webhookPages } from './webhooks-routes.js';

const home = route({
  method: 'get',
  path: '/settings',
  summary: 'Settings of the organisation',
  access: ACCESS.admin,
  pages: true,
  handle: ({ res }) => res.redirect(303, '/settings/people'),
});

export const settingsRoutes: readonly Route[] = [
  home,
  ...peoplePages,
  ...tokenPages,
  ...webhookPages,
  ...intakePages,
  ...organisationPages,
  ...auditPages,
  ...accountPages,
];
