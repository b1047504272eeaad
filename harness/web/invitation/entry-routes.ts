import { z } from 'zod';
import type { CandidateView } from '../../../reports/scorecard/view/candidate.js';
import { candidateView } from '../../../reports/scorecard/view/candidate.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { text } from '../../api/routing/validate.js';
import { AssayerError } from '../../errors.js';
import { publicChecks, visibilityOf, type Visibility } from '../../review/candidate-result.js';
import { listAppeals, makeAppeal } from '../../store/appeals.js';
import { readOutcomes } from '../../store/events.js';
import { findScorecard } from '../../store/scorecards.js';
import type { SubmissionView } from '../../store/submissions.js';
import { sendPage } from '../frame/page.js';
import { entryOf, guestOf } from './guest.js';
import { entryPage, entryView } from './views.js';

const REFRESH_SECONDS = 5;

const show = route({
  method: 'get',
  path: '/invitation/submissions/:id',
  summary: 'How a candidate’s submission fares: public checks at once, the rest as the team allows',
  access: 'public',
  pages: true,
  errors: ['inviteNeeded', 'assessmentUnknown', 'submissionUnknown'],
  async handle(context) {
    const { deps, params, res, csrf } = context;
    const guest = await guestOf(context);
    const view = await entryOf(context, guest, params.id);
    const visibility = visibilityOf(guest.invite, view);
    const [outcomes, result, appeals] = await Promise.all([
      readOutcomes(deps.store, view.run.id),
      resultOf(context, view, visibility),
      listAppeals(deps.store, guest.invite.organisation.id, view.submission.id),
    ]);
    const checks = publicChecks(guest.pack, outcomes);
    const input = { ...guest, view, checks, result, visibility, appeals, csrf: csrf() };
    const refreshSeconds = view.run.finished_at === null ? REFRESH_SECONDS : null;
    sendPage(
      res,
      entryPage({ title: `${guest.pack.spec.title}: your submission`, refreshSeconds }, entryView(input)),
    );
  },
});

const appeal = route({
  method: 'post',
  path: '/invitation/submissions/:id/appeal',
  summary: 'Appeal to a result as a candidate',
  access: 'public',
  pages: true,
  body: { 'application/x-www-form-urlencoded': z.object({ words: text(4000).min(1) }) },
  errors: ['inviteNeeded', 'assessmentUnknown', 'submissionUnknown', 'appealWaits', 'scorecardNotReady'],
  async handle(context) {
    const { deps, params, body, res } = context;
    const guest = await guestOf(context);
    const view = await entryOf(context, guest, params.id);
    // What was not shown cannot be appealed to: the answer would tell it.
    if (view.run.finished_at === null || visibilityOf(guest.invite, view) !== 'shown') {
      throw new AssayerError('scorecardNotReady', { state: view.run.state });
    }
    if (!(await makeAppeal(deps.store, guest.actor, view.submission.id, body.words))) {
      throw new AssayerError('appealWaits', {});
    }
    res.redirect(303, `/invitation/submissions/${view.submission.id}`);
  },
});

export const entryRoutes: readonly Route[] = [show, appeal];

/** The result without what is hidden; null while there is none, or where the team does not show it. */
async function resultOf(
  { deps }: Pick<Context<'public'>, 'deps'>,
  { submission, run }: SubmissionView,
  visibility: Visibility,
): Promise<CandidateView | null> {
  if (visibility !== 'shown' || run.state !== 'done') return null;
  const card = await findScorecard(deps.store, submission.organisation_id, run.id);
  return card && candidateView(card);
}
