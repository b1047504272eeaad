import type { Route } from '../api/routing/types.js';
import { joiningRoutes } from './entry/joining.js';
import { entryRoutes } from './entry/routes.js';
import { assetRoutes } from './frame/serve-assets.js';
import { settingsRoutes } from './settings/routes.js';

/** Every page for people, and what pages load. */
export const pageRoutes: readonly Route[] = [
  ...assetRoutes,
  ...entryRoutes,
  ...joiningRoutes,
  ...settingsRoutes,
];
