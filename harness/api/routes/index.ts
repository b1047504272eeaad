import { pageRoutes } from '../../web/routes.js';
import type { Route } from '../routing/types.js';
import { assessmentRoutes } from './assessments.js';
import { auditRoutes } from './audit.js';
import { comparisonRoutes } from './comparison.js';
import { documentationRoutes } from './documentation.js';
import { eventRoutes } from './events.js';
import { healthRoutes } from './health.js';
import { intakeRoutes } from './intakes.js';
import { linkRoutes } from './links.js';
import { hookRoutes } from './hooks.js';
import { metricsRoutes } from './metrics.js';
import { organisationRoutes } from './organisation.js';
import { peopleRoutes } from './people.js';
import { candidateRoutes } from './review/index.js';
import { scorecardRoutes } from './scorecard.js';
import { selfRoutes } from './self.js';
import { submissionRoutes } from './submissions.js';
import { tokenRoutes } from './tokens.js';
import { workerRoutes } from './workers.js';

const described: readonly Route[] = [
  ...healthRoutes,
  ...metricsRoutes,
  ...submissionRoutes,
  ...eventRoutes,
  ...scorecardRoutes,
  ...assessmentRoutes,
  ...comparisonRoutes,
  ...workerRoutes,
  ...linkRoutes,
  ...selfRoutes,
  ...organisationRoutes,
  ...peopleRoutes,
  ...tokenRoutes,
  ...auditRoutes,
  ...hookRoutes,
  ...intakeRoutes,
  ...candidateRoutes,
];

/** Every route of the program: what is not in here does not answer. */
export const ROUTES: readonly Route[] = [...described, ...documentationRoutes(described), ...pageRoutes];
