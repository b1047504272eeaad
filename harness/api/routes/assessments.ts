import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

const assessmentSchema = z
  .object({
    id: z.string(),
    version: z.string(),
    title: z.string(),
    summary: z.string(),
    mainTopic: z.string(),
    timeBudgetHours: z.tuple([z.number(), z.number()]).meta({ description: 'From, to.' }),
    checks: z.int().meta({ description: 'How many there are. What they are is hidden.' }),
  })
  .meta({ id: 'Assessment' });

/** The catalogue: what a submission can be for. Nothing of the hidden checks but their number. */
const list = route({
  method: 'get',
  path: '/api/v1/assessments',
  summary: 'What a submission can be for',
  access: ACCESS.readOwn,
  answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(assessmentSchema) }) } },
  async handle({ deps, res }) {
    const packs = await deps.catalogue.list();
    const items = packs.map(({ spec, checks }) => {
      const { id, version, title, summary, mainTopic, timeBudgetHours } = spec;
      return { id, version, title, summary, mainTopic, timeBudgetHours, checks: checks.length };
    });
    res.json({ items });
  },
});

export const assessmentRoutes: readonly Route[] = [list];
