import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import { findBrowser } from '../../api/print.js';
import { scorecardFiles } from '../../api/routes/files.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { id } from '../../api/routing/validate.js';
import { attemptScorecard, downloadScorecard, scorecardOf, visibleScorecard } from '../../api/scorecard.js';
import { sendScorecardPage } from '../../api/send-scorecard.js';
import { visibleSubmission } from '../../api/visible.js';
import { candidateName } from '../../../reports/text/who.js';
import { AssayerError } from '../../errors.js';
import { isStale } from '../../review/stale.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';

const common = {
  method: 'get',
  access: ACCESS.readOwn,
  pages: true,
  errors: ['submissionUnknown', 'scorecardNotReady', 'notGraded'],
} as const;

/** Rendering takes memory that a server without visitors does not need. */
const reports = () => import('../../../reports/scorecard/index.js');
const pages = () => import('./scorecard.js');

const show = route({
  method: 'get',
  path: '/submissions/:id',
  summary: 'The scorecard of a submission, or how its run goes while there is none',
  access: ACCESS.readOwn,
  pages: true,
  errors: ['submissionUnknown'],
  async handle(context) {
    const { principal, deps, params, res } = context;
    const found = await visibleSubmission(deps.store, principal, params.id);
    if (found.run.state !== 'done') return res.redirect(303, `/submissions/${params.id}/run`);
    const { scorecardPage, keptView } = await pages();
    const card = await keptView(found, () => scorecardOf(deps.store, principal, found));
    const pack = await deps.catalogue.find(found.submission.assessment_id).catch(() => null);
    const view = {
      id: params.id,
      card,
      pdf: findBrowser(deps.config.chromium) !== null,
      stale: isStale(found, pack?.digest ?? null),
    };
    sendPage(res, scorecardPage({ title: view.card.title, viewer: viewerOf(context) }, view));
  },
});

const check = route({
  ...common,
  path: '/submissions/:id/checks/:check',
  summary: 'One check of a scorecard with its evidence',
  params: z.object({ id, check: id }),
  query: z.object({ part: z.literal('body').optional() }),
  errors: [...common.errors, 'checkUnknown'],
  async handle(context) {
    const { principal, deps, params, query, res } = context;
    const card = await visibleScorecard(deps.store, principal, params.id);
    const found = (await reports()).oneCheck(card, params.check);
    if (!found) throw new AssayerError('checkUnknown', { check: params.check });
    const { checkPage, checkPart } = await import('./check-page.js');
    if (query.part) return sendPage(res, checkPart({ check: found }));
    const who = candidateName(card.submission.candidate, card.submission.digest);
    const view = { id: params.id, who, check: found };
    sendPage(res, checkPage({ title: `${found.title}: ${who}`, viewer: viewerOf(context) }, view));
  },
});

const asHtml = route({
  ...common,
  path: '/submissions/:id/scorecard.html',
  summary: 'The scorecard as one file with all of its evidence, to keep',
  async handle({ principal, actor, deps, params, res }) {
    const card = await downloadScorecard(deps.store, principal, actor, params.id, 'html');
    const { renderScorecard, SCORECARD_POLICY } = await reports();
    res.setHeader('Content-Security-Policy', SCORECARD_POLICY);
    res.attachment(`${params.id}.html`).send(renderScorecard(card, { audience: 'team' }));
  },
});

const attempt = route({
  ...common,
  path: '/submissions/:id/attempts/:run',
  summary: 'The scorecard of one attempt, also where another one counts',
  params: z.object({ id, run: id }),
  errors: ['submissionUnknown', 'attemptUnknown'],
  async handle({ principal, deps, params, res }) {
    res.setHeader('Cache-Control', 'no-store');
    await sendScorecardPage(
      await attemptScorecard(deps.store, principal, params.id, params.run),
      'team',
      res,
    );
  },
});

export const scorecardPages: readonly Route[] = [
  show,
  check,
  attempt,
  asHtml,
  ...scorecardFiles('/submissions', { pages: true }),
];
