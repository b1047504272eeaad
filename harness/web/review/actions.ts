import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import { eraseDeps } from '../../api/erase.js';
import { decisionForm, noteForm, overrideForm } from '../../api/routes/review/forms.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { id, parse, text } from '../../api/routing/validate.js';
import { visibleSubmission } from '../../api/visible.js';
import { AssayerError } from '../../errors.js';
import { eraseSubmission } from '../../review/erase.js';
import { answerAppeal } from '../../store/appeals.js';
import { override } from '../../store/overrides.js';
import { recordDecision, writeNote } from '../../store/reviews.js';
import { revokeShare } from '../../store/shares.js';

const page = { method: 'post', pages: true, access: ACCESS.manage, errors: ['submissionUnknown'] } as const;
const form = <T extends z.ZodType>(schema: T) => ({ 'application/x-www-form-urlencoded': schema });

/** `note.<question>` and `rating.<question>` of every question on the page. */
const MOST_FIELDS = 200;
const notesForm = z
  .record(z.string().regex(/^(note|rating)\.[\w-]{1,100}$/), text(10_000))
  .refine((fields) => Object.keys(fields).length <= MOST_FIELDS, 'has too many fields');

const notes = route({
  ...page,
  path: '/submissions/:id/review/notes',
  summary: 'Save your own notes and ratings',
  access: ACCESS.review,
  body: form(notesForm),
  async handle({ principal, actor, params, body, deps: { store }, res }) {
    await visibleSubmission(store, principal, params.id);
    const questions = new Set(Object.keys(body).map((name) => name.slice(name.indexOf('.') + 1)));
    for (const question of questions) {
      const rating = body[`rating.${question}`];
      const note = parse(
        noteForm,
        { note: body[`note.${question}`], rating: rating ? rating : null },
        'body',
      );
      await writeNote(store, actor, params.id, { question, ...note });
    }
    res.redirect(303, `/submissions/${params.id}/review?done=notes`);
  },
});

const decide = route({
  ...page,
  path: '/submissions/:id/review/decisions',
  summary: 'Record a decision',
  body: form(decisionForm),
  async handle({ principal, actor, params, body, deps: { store }, res }) {
    await visibleSubmission(store, principal, params.id);
    await recordDecision(store, actor, params.id, body);
    res.redirect(303, `/submissions/${params.id}/review?done=decision`);
  },
});

const overrideCheck = route({
  ...page,
  path: '/submissions/:id/review/overrides',
  summary: 'Override a check, or take an override back',
  body: form(
    overrideForm.extend({
      outcome: z.preprocess((outcome) => (outcome === '' ? null : outcome), overrideForm.shape.outcome),
    }),
  ),
  errors: ['submissionUnknown', 'scorecardNotReady', 'checkNotThere'],
  async handle({ principal, actor, params, body, deps: { store }, res }) {
    const { run } = await visibleSubmission(store, principal, params.id);
    const { kind } = await override(store, actor, params.id, body);
    if (kind === 'unknownCheck') throw new AssayerError('checkNotThere', { check: body.check });
    if (kind === 'noScorecard') throw new AssayerError('scorecardNotReady', { state: run.state });
    res.redirect(303, `/submissions/${params.id}/review?done=override`);
  },
});

const answer = route({
  ...page,
  path: '/submissions/:id/review/appeal',
  summary: 'Answer the appeal that waits',
  body: form(z.object({ upheld: z.enum(['yes', 'no']), words: text(10_000).min(1) })),
  errors: ['submissionUnknown', 'appealMissing'],
  async handle({ principal, actor, params, body, deps: { store }, res }) {
    await visibleSubmission(store, principal, params.id);
    const words = { upheld: body.upheld === 'yes', words: body.words };
    if (!(await answerAppeal(store, actor, params.id, words))) throw new AssayerError('appealMissing', {});
    res.redirect(303, `/submissions/${params.id}/review?done=answer`);
  },
});

const withdraw = route({
  ...page,
  path: '/submissions/:id/shares/:share/revoke',
  summary: 'Make a link show nothing any more',
  params: z.object({ id, share: id }),
  errors: ['submissionUnknown', 'shareUnknown'],
  async handle({ actor, params, deps: { store }, res }) {
    if (!(await revokeShare(store, actor, params.share))) {
      throw new AssayerError('shareUnknown', { id: params.share });
    }
    res.redirect(303, `/submissions/${params.id}/review?done=withdrawn`);
  },
});

const erase = route({
  ...page,
  path: '/submissions/:id/erase',
  summary: 'Erase a submission with everything that hangs on it',
  body: form(z.object({ sure: z.literal('yes') })),
  async handle({ actor, params, deps, res }) {
    if (!(await eraseSubmission(eraseDeps(deps), actor, params.id, 'team'))) {
      throw new AssayerError('submissionUnknown', { id: params.id });
    }
    res.redirect(303, '/submissions');
  },
});

/** What the forms of the page do. */
export const reviewActions: readonly Route[] = [notes, decide, overrideCheck, answer, withdraw, erase];
