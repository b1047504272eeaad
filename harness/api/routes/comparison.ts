import { z } from 'zod';
import { DIMENSIONS, OUTCOMES, TOPIC_IDS } from '../../../assessments/kit/index.js';
import { scorecardSchema, scorecardTopicSchema } from '../../../assessments/kit/schema/scorecard.js';
import { ACCESS } from '../../accounts/roles.js';
import { AssayerError } from '../../errors.js';
import { checksApart, noiseOf, rank } from '../../review/comparison.js';
import type { Compared, SeveralCompared } from '../compared.js';
import { readCompared } from '../compared.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import { id } from '../routing/validate.js';
import { comparedQuery, comparisonFile } from './files.js';

const { overall } = scorecardSchema.shape;
const topic = scorecardTopicSchema.pick({ score: true, level: true });

const comparisonSchema = z
  .object({
    assessment: z.object({ id: z.string(), version: z.string() }),
    noise: z.number().meta({ description: 'A smaller difference between two totals counts as none.' }),
    submissions: z
      .array(
        z.object({
          id,
          candidate: z.string().nullable(),
          rank: z
            .int()
            .nullable()
            .meta({ description: 'From 1; those that tie share it. Null without a score.' }),
          tied: z.boolean(),
          score: overall.shape.score,
          range: overall.shape.range,
          topics: z.partialRecord(z.enum(TOPIC_IDS), topic),
          dimensions: z.record(z.enum(DIMENSIONS), overall.shape.score),
        }),
      )
      .meta({ description: 'Best first.' }),
    differences: z
      .array(
        z.object({
          check: z.string(),
          title: z.string(),
          maxPoints: z.number(),
          outcomes: z
            .array(z.object({ submission: id, outcome: z.enum(OUTCOMES) }))
            .meta({ description: 'In the order of the submissions.' }),
        }),
      )
      .meta({ description: 'Checks that did not end alike, heaviest first.' }),
  })
  .meta({ id: 'Comparison' });

const show = route({
  method: 'get',
  path: '/api/v1/comparison',
  summary: 'Graded submissions of one version of an assessment, side by side',
  access: ACCESS.read,
  query: comparedQuery,
  answers: {
    200: { description: 'Who stands where, and what made the difference.', schema: comparisonSchema },
  },
  errors: ['submissionUnknown', 'scorecardNotReady', 'notGraded'],
  async handle({ principal, query, deps, res }) {
    const compared = await readCompared(deps.store, principal, query.submission);
    if (typeof compared === 'string') throw new AssayerError('bodyInvalid', { problem: compared });
    res.json(comparisonOf(compared));
  },
});

function comparisonOf(compared: SeveralCompared): z.input<typeof comparisonSchema> {
  const { assessment } = compared[0].card;
  const noise = noiseOf(compared[0].card);
  const ranked = rank(compared, ({ card }) => card.overall, noise);
  return {
    assessment: { id: assessment.id, version: assessment.version },
    noise,
    submissions: ranked.map(({ item, rank: place, tied }) => ({ ...standingOf(item), rank: place, tied })),
    differences: checksApart(ranked.map(({ item }) => item)).map(({ check, outcomes }) => ({
      check: check.id,
      title: check.title,
      maxPoints: check.maxPoints,
      outcomes,
    })),
  };
}

function standingOf({ id: submission, card }: Compared) {
  const { overall: total, topics, dimensions } = card;
  return {
    id: submission,
    candidate: card.submission.candidate,
    score: total.score,
    range: total.range,
    topics: Object.fromEntries(topics.map(({ id: name, score, level }) => [name, { score, level }])),
    dimensions: Object.fromEntries(DIMENSIONS.map((name) => [name, dimensions[name].score])) as Record<
      (typeof DIMENSIONS)[number],
      number | null
    >,
  };
}

export const comparisonRoutes: readonly Route[] = [show, comparisonFile('/api/v1/comparison.csv')];
