import { Router } from 'express';
import { only } from '../problem.js';
import type { ApiDeps } from '../types.js';

/** The catalogue: what a submission can be for. Nothing of the hidden checks but their number. */
export function assessmentRoutes({ catalogue }: Pick<ApiDeps, 'catalogue'>): Router {
  const router = Router();
  router
    .route('/api/v1/assessments')
    .get(async (_req, res) => {
      const packs = await catalogue.list();
      const items = packs.map(({ spec, checks }) => {
        const { id, version, title, summary, mainTopic, timeBudgetHours } = spec;
        return { id, version, title, summary, mainTopic, timeBudgetHours, checks: checks.length };
      });
      res.json({ items });
    })
    .all(only('GET'));
  return router;
}
