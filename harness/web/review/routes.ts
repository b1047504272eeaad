import { z } from 'zod';
import { candidateName } from '../../../reports/text/who.js';
import { may } from '../../accounts/principal.js';
import type { Permission } from '../../accounts/roles.js';
import { ACCESS } from '../../accounts/roles.js';
import { originOf } from '../../api/origin.js';
import { sharePath } from '../../api/routes/review/shares.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { visibleSubmission } from '../../api/visible.js';
import { WORTH_A_NOTE } from '../../review/similarity/index.js';
import { isStale } from '../../review/stale.js';
import { listAppeals } from '../../store/appeals.js';
import { listAttempts, listRescorings } from '../../store/attempts.js';
import { readOverrides } from '../../store/overrides.js';
import { findAlike } from '../../store/prints.js';
import { readReview } from '../../store/reviews.js';
import { findScorecard } from '../../store/scorecards.js';
import { createShare, listShares } from '../../store/shares.js';
import { findSubmission } from '../../store/submissions.js';
import { shareForm } from '../../api/routes/review/forms.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { reviewActions } from './actions.js';
import { reviewPage, reviewView } from './view.js';

const show = route({
  method: 'get',
  path: '/submissions/:id/review',
  summary: 'What people think of a submission: notes, decision, overrides, appeals, links, attempts',
  access: ACCESS.read,
  pages: true,
  query: z.object({ done: z.enum(['notes', 'decision', 'override', 'answer', 'withdrawn']).optional() }),
  errors: ['submissionUnknown'],
  handle: (context) => render(context, context.params.id, null, context.query.done),
});

const share = route({
  method: 'post',
  path: '/submissions/:id/shares',
  summary: 'Make a link that shows the scorecard, and show it once',
  access: ACCESS.manage,
  pages: true,
  body: { 'application/x-www-form-urlencoded': shareForm },
  errors: ['submissionUnknown'],
  async handle(context) {
    const { principal, actor, params, body, deps, req, res } = context;
    await visibleSubmission(deps.store, principal, params.id);
    const made = await createShare(deps.store, actor, params.id, body);
    res.status(201);
    await render(context, params.id, made && `${originOf(req, deps.config)}${sharePath(made.secret)}`);
  },
});

export const reviewPages: readonly Route[] = [show, share, ...reviewActions];

const NOTICES = {
  notes: 'Your notes are saved.',
  decision: 'The decision is recorded.',
  override: 'The scorecard is judged again with it.',
  answer: 'The candidate sees your answer.',
  withdrawn: 'The link shows nothing any more.',
} as const;

const MOST_ALIKE = 5;

async function render(
  context: Pick<Context<Permission>, 'principal' | 'csrf' | 'deps' | 'res'>,
  id: string,
  link: string | null,
  done?: keyof typeof NOTICES,
): Promise<void> {
  const { principal, deps, csrf, res } = context;
  const { store, catalogue } = deps;
  const view = await visibleSubmission(store, principal, id);
  const of = [store, principal.organisation, id] as const;
  const [card, pack, review, overrides, appeals, shares, attempts, rescorings, found] = await Promise.all([
    findScorecard(store, principal.organisation, view.run.id),
    catalogue.find(view.submission.assessment_id).catch(() => null),
    readReview(...of),
    readOverrides(store, view.run.id),
    listAppeals(...of),
    listShares(...of),
    listAttempts(...of),
    listRescorings(...of),
    findAlike(...of, { least: WORTH_A_NOTE, limit: MOST_ALIKE }),
  ]);
  const alike = await Promise.all(
    found.map(async (one) => {
      const other = await findSubmission(store, principal.organisation, one.submission);
      const name = candidateName(
        other?.submission.candidate ?? null,
        other?.submission.archive_digest ?? null,
      );
      return { ...one, name };
    }),
  );
  const stale = isStale(view, pack?.digest ?? null);
  const mayManage = may(principal, ACCESS.manage);
  const frame = { csrf: csrf(), mayNote: may(principal, ACCESS.review), mayManage, link };
  const input = { view, card, stale, review, overrides, appeals, shares, attempts, rescorings, alike };
  const body = reviewView({ ...input, me: principal.id, now: new Date(), frame });
  const notice = done ? NOTICES[done] : null;
  sendPage(res, reviewPage({ title: `Review: ${body.who}`, viewer: viewerOf(context), notice }, body));
}
