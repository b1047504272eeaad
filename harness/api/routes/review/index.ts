import type { Route } from '../../routing/types.js';
import { inviteRoutes } from './invites.js';
import { policyRoutes } from './policy.js';
import { regradeRoutes } from './regrades.js';
import { reviewRoutes } from './reviews.js';
import { shareRoutes } from './shares.js';
import { similarityRoutes } from './similarity.js';

/** Inviting candidates, reviewing what they handed in, and regrading it. */
export const candidateRoutes: readonly Route[] = [
  ...inviteRoutes,
  ...reviewRoutes,
  ...shareRoutes,
  ...similarityRoutes,
  ...regradeRoutes,
  ...policyRoutes,
];
