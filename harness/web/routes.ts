import type { Route } from '../api/routing/types.js';
import { assessmentPages } from './assessments/routes.js';
import { comparePages } from './compare/routes.js';
import { joiningRoutes } from './entry/joining.js';
import { providerRoutes } from './entry/provider.js';
import { entryRoutes } from './entry/routes.js';
import { assetRoutes } from './frame/serve-assets.js';
import { invitationRoutes } from './invitation/routes.js';
import { sharedRoutes } from './shared/routes.js';
import { invitePages } from './invites/routes.js';
import { reviewPages } from './review/routes.js';
import { regradePages } from './regrades/routes.js';
import { similarityPages } from './similarity/routes.js';
import { settingsRoutes } from './settings/routes.js';
import { runPages } from './runs/routes.js';
import { scorecardPages } from './scorecard/routes.js';
import { createPages } from './submissions/create.js';
import { listPages } from './submissions/routes.js';
import { workerPages } from './workers/routes.js';

/** Every page for people, and what pages load. */
export const pageRoutes: readonly Route[] = [
  ...assetRoutes,
  ...entryRoutes,
  ...joiningRoutes,
  ...providerRoutes,
  ...settingsRoutes,
  ...assessmentPages,
  ...listPages,
  ...createPages,
  ...runPages,
  ...scorecardPages,
  ...comparePages,
  ...workerPages,
  ...invitePages,
  ...reviewPages,
  ...regradePages,
  ...similarityPages,
  ...invitationRoutes,
  ...sharedRoutes,
];
