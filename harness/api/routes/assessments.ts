import { z } from 'zod';
import type { Pack } from '../../../assessments/kit/index.js';
import { DIMENSIONS, LEVELS, TOPIC_IDS } from '../../../assessments/kit/index.js';
import { assessmentSpecSchema } from '../../../assessments/kit/schema/assessment.js';
import { ACCESS } from '../../accounts/roles.js';
import { wantedPack } from '../../catalogue.js';
import { readBrief, readContract, starterArchive } from '../../packs/brief.js';
import { readMutants } from '../../packs/mutants.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';

const ASSESSMENTS = '/api/v1/assessments';

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

const { limits, levelBars, solutionBands } = assessmentSpecSchema.shape;
const detailSchema = assessmentSchema
  .extend({
    digest: z.string(),
    topicWeights: z.partialRecord(z.enum(TOPIC_IDS), z.number()),
    levelBars,
    solutionBands,
    limits,
    brief: z.string().nullable().meta({ description: 'Markdown.' }),
    contract: z.string().nullable().meta({ description: 'OpenAPI, as YAML.' }),
  })
  .meta({ id: 'AssessmentDetail' });

const checkSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    topic: z.enum(TOPIC_IDS),
    practice: z.string(),
    level: z.enum(LEVELS),
    dimension: z.enum(DIMENSIONS),
    points: z.number(),
    provedBy: z.array(z.string()).meta({ description: 'Known faults that it must catch, in words.' }),
  })
  .meta({ id: 'AssessmentCheck' });

function toAssessment({ spec, checks }: Pack): z.input<typeof assessmentSchema> {
  const { id, version, title, summary, mainTopic } = spec;
  const [from, to] = spec.timeBudgetHours;
  return { id, version, title, summary, mainTopic, timeBudgetHours: [from, to], checks: checks.length };
}

/** The catalogue: what a submission can be for. Nothing of the hidden checks but their number. */
const list = route({
  method: 'get',
  path: ASSESSMENTS,
  summary: 'What a submission can be for',
  access: ACCESS.readOwn,
  answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(assessmentSchema) }) } },
  async handle({ deps, res }) {
    res.json({ items: (await deps.catalogue.list()).map(toAssessment) });
  },
});

const one = route({
  method: 'get',
  path: `${ASSESSMENTS}/:id`,
  summary: 'One assessment: how it weighs, what it allows, and what candidates are given to read',
  access: ACCESS.readOwn,
  answers: { 200: { description: 'Nothing of the hidden checks but their number.', schema: detailSchema } },
  errors: ['assessmentMissing'],
  async handle({ params, deps, res }) {
    const pack = await wantedPack(deps.catalogue, params.id, 'assessmentMissing');
    const { topicWeights, levelBars: bars, solutionBands: bands, limits: most } = pack.spec;
    const [brief, contract] = await Promise.all([readBrief(pack), readContract(pack)]);
    res.json({
      ...toAssessment(pack),
      digest: pack.digest,
      topicWeights,
      levelBars: bars,
      solutionBands: bands,
      limits: most,
      brief,
      contract,
    });
  },
});

const checks = route({
  method: 'get',
  path: `${ASSESSMENTS}/:id/checks`,
  summary: 'The hidden checks of an assessment, and what proves each; not for candidates',
  access: ACCESS.read,
  answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(checkSchema) }) } },
  errors: ['assessmentMissing'],
  async handle({ params, deps, res }) {
    const pack = await wantedPack(deps.catalogue, params.id, 'assessmentMissing');
    const mutants = await readMutants(pack.dir);
    const items = pack.checks.map(({ id, title, topic, practice, level, dimension, points }) => {
      const provedBy = mutants.filter(({ caughtBy }) => caughtBy.includes(id)).map((mutant) => mutant.title);
      return { id, title, topic, practice, level, dimension, points, provedBy };
    });
    res.json({ items });
  },
});

const starter = route({
  method: 'get',
  path: `${ASSESSMENTS}/:id/starter.tar.gz`,
  summary: 'What candidates begin from, with brief and contract',
  access: ACCESS.readOwn,
  answers: { 200: { description: 'The archive.', type: 'application/gzip' } },
  errors: ['assessmentMissing'],
  async handle({ params, deps, res }) {
    const pack = await wantedPack(deps.catalogue, params.id, 'assessmentMissing');
    res
      .attachment(`${pack.spec.id}-starter.tar.gz`)
      .type('application/gzip')
      .send(await starterArchive(pack));
  },
});

export const assessmentRoutes: readonly Route[] = [list, one, checks, starter];
