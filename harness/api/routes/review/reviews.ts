import type { Request } from 'express';
import { z } from 'zod';
import type { Actor } from '../../../accounts/principal.js';
import { ACCESS } from '../../../accounts/roles.js';
import { eraseSubmission } from '../../../review/erase.js';
import { answerAppeal, listAppeals } from '../../../store/appeals.js';
import { listAttempts, listRescorings } from '../../../store/attempts.js';
import type { Store } from '../../../store/database.js';
import { override } from '../../../store/overrides.js';
import type { ExpectReview } from '../../../store/reviews.js';
import { OVERALL, readReview, recordDecision, writeNote } from '../../../store/reviews.js';
import { DECISIONS } from '../../../store/schema-review.js';
import { AssayerError } from '../../../errors.js';
import { SUBMISSIONS } from '../../representation.js';
import { checkIfMatch, ETAG_HEADER, sendResource } from '../../routing/preconditions.js';
import type { Route } from '../../routing/types.js';
import { route } from '../../routing/types.js';
import { id } from '../../routing/validate.js';
import { eraseDeps } from '../../erase.js';
import { visibleSubmission } from '../../visible.js';
import { answerForm, decisionForm, noteForm, overrideForm } from './forms.js';
import { differenceSchema } from './regrades.js';

const moment = z.iso.datetime();
const reviewSchema = z
  .object({
    notes: z.array(
      z.object({
        question: z.string().meta({ description: `Id of a check, or \`${OVERALL}\`.` }),
        author: z.object({ id, name: z.string() }),
        note: z.string(),
        rating: z.int().nullable().meta({ description: '1 (weak) to 4 (strong).' }),
        writtenAt: moment,
      }),
    ),
    decisions: z
      .array(z.object({ verdict: z.enum(DECISIONS), reason: z.string(), by: z.string(), at: moment }))
      .meta({ description: 'Newest first; the first holds.' }),
    appeals: z.array(
      z.object({
        id,
        words: z.string(),
        madeAt: moment,
        answer: z.object({ upheld: z.boolean(), words: z.string(), by: z.string(), at: moment }).nullable(),
      }),
    ),
    attempts: z.array(
      z.object({
        run: id,
        state: z.string(),
        score: z.number().nullable(),
        createdAt: moment,
        finishedAt: moment.nullable(),
        counts: z.boolean(),
        regrade: id.nullable(),
      }),
    ),
    rescorings: z.array(
      z.object({
        regrade: id,
        kind: z.string(),
        run: id,
        former: z.number().nullable(),
        difference: differenceSchema.nullable(),
        by: z.string(),
        reason: z.string(),
        at: moment,
      }),
    ),
  })
  .meta({ id: 'Review' });

async function wholeReview(store: Store, organisation: string, submission: string): Promise<object> {
  const of = [store, organisation, submission] as const;
  const review = await readReview(...of);
  const appeals = await listAppeals(...of);
  const attempts = await listAttempts(...of);
  return { ...review, appeals, attempts, rescorings: await listRescorings(...of) };
}

/** With If-Match, the review has to be the one that was looked at: nobody decides on what another has just changed. */
const seenReview =
  (req: Request, { organisation }: Actor, submission: string): ExpectReview =>
  async (tx) => {
    if (req.get('if-match') !== undefined) checkIfMatch(req, await wholeReview(tx, organisation, submission));
  };

const IF_MATCH_REVIEW = {
  'If-Match': 'The ETag of the review: nothing is done when somebody has changed that since.',
};

const common = { errors: ['submissionUnknown'] } as const;
const done = { 204: { description: 'Done.' } };

const read = route({
  ...common,
  method: 'get',
  path: `${SUBMISSIONS}/:id/review`,
  summary: 'Notes, ratings, decisions, appeals and every attempt of a submission',
  access: ACCESS.read,
  answers: {
    200: {
      description: 'What people wrote, and what was tried.',
      schema: reviewSchema,
      headers: ETAG_HEADER,
    },
  },
  async handle({ principal, params, deps: { store }, res }) {
    await visibleSubmission(store, principal, params.id);
    sendResource(res, await wholeReview(store, principal.organisation, params.id));
  },
});

const note = route({
  ...common,
  method: 'put',
  path: `${SUBMISSIONS}/:id/review/notes/:question`,
  summary: 'Write your own note and rating on a question; an empty one takes it away',
  access: ACCESS.review,
  body: { 'application/json': noteForm },
  answers: done,
  async handle({ principal, actor, params, body, deps: { store }, res }) {
    await visibleSubmission(store, principal, params.id);
    await writeNote(store, actor, params.id, { question: params.question, ...body });
    res.status(204).end();
  },
});

const decide = route({
  method: 'post',
  path: `${SUBMISSIONS}/:id/review/decisions`,
  summary: 'Record a decision; former ones stay readable',
  access: ACCESS.manage,
  body: { 'application/json': decisionForm },
  requestHeaders: IF_MATCH_REVIEW,
  answers: done,
  errors: ['submissionUnknown', 'preconditionFailed'],
  async handle({ principal, actor, params, body, deps: { store }, req, res }) {
    await visibleSubmission(store, principal, params.id);
    await recordDecision(store, actor, params.id, body, seenReview(req, actor, params.id));
    res.status(204).end();
  },
});

const overrideCheck = route({
  method: 'post',
  path: `${SUBMISSIONS}/:id/review/overrides`,
  summary: 'Put a person’s word in the place of a check’s, with a reason; a null outcome takes it back',
  access: ACCESS.manage,
  body: { 'application/json': overrideForm },
  requestHeaders: IF_MATCH_REVIEW,
  answers: { 200: { description: 'The new total.', schema: z.object({ score: z.number().nullable() }) } },
  errors: ['submissionUnknown', 'scorecardNotReady', 'checkNotThere', 'preconditionFailed'],
  async handle({ principal, actor, params, body, deps: { store }, req, res }) {
    const { run } = await visibleSubmission(store, principal, params.id);
    const result = await override(store, actor, params.id, body, seenReview(req, actor, params.id));
    switch (result.kind) {
      case 'done':
        return void res.json({ score: result.scorecard.overall.score });
      case 'unknownCheck':
        throw new AssayerError('checkNotThere', { check: body.check });
      case 'noScorecard':
        throw new AssayerError('scorecardNotReady', { state: run.state });
      case 'unknownSubmission':
        throw new AssayerError('submissionUnknown', { id: params.id });
    }
  },
});

const answer = route({
  method: 'post',
  path: `${SUBMISSIONS}/:id/review/appeal`,
  summary: 'Answer the appeal that waits',
  access: ACCESS.manage,
  body: { 'application/json': answerForm },
  answers: done,
  errors: ['submissionUnknown', 'appealMissing'],
  async handle({ principal, actor, params, body, deps: { store }, res }) {
    await visibleSubmission(store, principal, params.id);
    if (!(await answerAppeal(store, actor, params.id, body))) throw new AssayerError('appealMissing', {});
    res.status(204).end();
  },
});

const erase = route({
  ...common,
  method: 'delete',
  path: `${SUBMISSIONS}/:id`,
  summary: 'Erase a submission with everything that hangs on it; a tombstone without a name stays',
  access: ACCESS.manage,
  answers: done,
  async handle({ actor, params, deps, res }) {
    if (!(await eraseSubmission(eraseDeps(deps), actor, params.id, 'team'))) {
      throw new AssayerError('submissionUnknown', { id: params.id });
    }
    res.status(204).end();
  },
});

export const reviewRoutes: readonly Route[] = [read, note, decide, overrideCheck, answer, erase];
