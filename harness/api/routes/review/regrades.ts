import { z } from 'zod';
import { every } from '../../../../assessments/kit/schema/every.js';
import { ACCESS } from '../../../accounts/roles.js';
import { beginRegrade, endRegrade, regradeOf } from '../../../review/regrade/begin.js';
import { listItems, listRegrades } from '../../../store/regrade-items.js';
import type { Route } from '../../routing/types.js';
import { route } from '../../routing/types.js';
import { id } from '../../routing/validate.js';
import { closeForm, regradeForm } from './forms.js';

const REGRADES = '/api/v1/regrades';

const moment = z.iso.datetime();
const score = z.number().nullable();
const level = z.string().nullable();
const counts = ['pending', 'ready', 'failed', 'promoted', 'superseded', 'up', 'down'] as const;

const regradeSchema = z
  .object({
    id,
    kind: z.enum(['rescore', 'rerun']),
    assessment: z.object({ id: z.string(), version: z.string() }),
    bar: z.number(),
    reason: z.string(),
    by: z.string(),
    createdAt: moment,
    state: z.enum(['working', 'ready', 'promoted', 'discarded']),
    closed: z.object({ by: z.string(), reason: z.string(), at: moment }).nullable(),
    counts: every(counts, z.int()),
  })
  .meta({ id: 'Regrade' });

export const differenceSchema = z.object({
  before: score,
  after: score,
  crosses: z.enum(['up', 'down']).nullable(),
  causes: z.array(
    z.object({
      check: z.string(),
      title: z.string(),
      kind: z.enum(['outcome', 'points', 'added', 'removed']),
      before: z.string(),
      after: z.string(),
      effect: z.number(),
    }),
  ),
  levels: z.array(z.object({ topic: z.string(), before: level, after: level })),
  policyChanged: z.boolean(),
});

const itemSchema = z
  .object({
    submission: id,
    run: id.nullable().meta({ description: 'The new run of a rerun; null for a rescore.' }),
    state: z.enum(['pending', 'ready', 'failed', 'promoted', 'superseded']),
    difference: differenceSchema.nullable(),
    problem: z.string().nullable(),
  })
  .meta({ id: 'RegradeItem' });

const begin = route({
  method: 'post',
  path: REGRADES,
  summary: 'Begin a regrade as a dry run: rescore what was measured, or run again',
  access: ACCESS.manage,
  body: { 'application/json': regradeForm },
  answers: {
    202: {
      description: 'It is being worked out. Nothing counts before it is promoted.',
      schema: regradeSchema,
      headers: { Location: 'Where to look.' },
    },
  },
  errors: ['assessmentUnknown', 'regradeEmpty'],
  async handle({ actor, body, deps, res }) {
    const { submissions, stale, scoreFrom, scoreTo, ...rest } = body;
    const selection = { submissions, stale, scoreFrom, scoreTo };
    const made = await beginRegrade(deps, actor, { ...rest, selection });
    res.status(202).location(`${REGRADES}/${made}`);
    res.json(await regradeOf(deps.store, actor.organisation, made));
  },
});

const list = route({
  method: 'get',
  path: REGRADES,
  summary: 'List regrades, newest first',
  access: ACCESS.read,
  query: z.object({ cursor: id.optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
  answers: {
    200: {
      description: 'A page of them; `next` is the cursor of the one after.',
      schema: z.object({ items: z.array(regradeSchema), next: id.nullable() }),
    },
  },
  async handle({ principal, query, deps, res }) {
    const wanted = { before: query.cursor, limit: query.limit + 1 };
    const found = await listRegrades(deps.store, principal.organisation, wanted);
    const items = found.slice(0, query.limit);
    res.json({ items, next: found.length > query.limit ? (items.at(-1)?.id ?? null) : null });
  },
});

const one = route({
  method: 'get',
  path: `${REGRADES}/:id`,
  summary: 'How far a regrade is',
  access: ACCESS.read,
  answers: { 200: { description: 'With how many cross the bar.', schema: regradeSchema } },
  errors: ['regradeUnknown'],
  handle: async ({ principal, params, deps, res }) =>
    void res.json(await regradeOf(deps.store, principal.organisation, params.id)),
});

const items = route({
  method: 'get',
  path: `${REGRADES}/:id/items`,
  summary:
    'Old and new score of each submission, and because of which checks; those that cross the bar first',
  access: ACCESS.read,
  query: z.object({
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answers: { 200: { description: 'A page of them.', schema: z.object({ items: z.array(itemSchema) }) } },
  errors: ['regradeUnknown'],
  async handle({ principal, params, query, deps, res }) {
    await regradeOf(deps.store, principal.organisation, params.id);
    res.json({ items: await listItems(deps.store, principal.organisation, params.id, query) });
  },
});

const close = (as: 'promoted' | 'discarded', verb: string, summary: string): Route =>
  route({
    method: 'post',
    path: `${REGRADES}/:id/${verb}`,
    summary,
    access: ACCESS.manage,
    body: { 'application/json': closeForm },
    answers: { 200: { description: 'The regrade as it is now.', schema: regradeSchema } },
    errors: ['regradeUnknown', 'regradeNotReady'],
    async handle({ actor, params, body, deps, res }) {
      await endRegrade(deps, actor, String(params['id']), as, body.reason);
      res.json(await regradeOf(deps.store, actor.organisation, String(params['id'])));
    },
  });

export const regradeRoutes: readonly Route[] = [
  list,
  begin,
  one,
  items,
  close('promoted', 'promote', 'Make the new scores count'),
  close('discarded', 'discard', 'Leave everything as it is'),
];
