import type { Response } from 'express';
import { z } from 'zod';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { scorecardSchema } from '../../../assessments/kit/schema/scorecard.js';
import { toJson } from '../../../reports/formats/index.js';
import { ACCESS } from '../../accounts/roles.js';
import { AssayerError } from '../../errors.js';
import { attemptScorecard, downloadScorecard, recordDownload } from '../scorecard.js';
import { sendScorecardPage } from '../send-scorecard.js';
import { SUBMISSIONS } from '../representation.js';
import type { Answer, Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import { id } from '../routing/validate.js';
import { scorecardFiles } from './files.js';

const asJson: Answer = {
  description: 'The scorecard of the latest run.',
  schema: scorecardSchema.meta({ id: 'Scorecard' }),
};
const asPage: Answer = { description: 'One self-contained page.', type: 'text/html' };
const common = {
  method: 'get',
  access: ACCESS.readOwn,
  errors: ['submissionUnknown', 'scorecardNotReady', 'notGraded'],
} as const;

/** The scorecard of a submission's latest run, in the form that Accept or the ending of the path asks for. */
export const scorecardRoutes: readonly Route[] = [
  route({
    ...common,
    path: `${SUBMISSIONS}/:id/scorecard`,
    summary: 'The scorecard, as JSON or as a page by the Accept header',
    answers: { 200: asJson },
    errors: [...common.errors, 'notAcceptable'],
    async handle({ principal, actor, params, deps, req, res }) {
      const form = req.accepts(['json', 'html']);
      if (form !== 'json' && form !== 'html') {
        throw new AssayerError('notAcceptable', { offered: 'application/json and text/html' });
      }
      res.vary('Accept');
      const card = await downloadScorecard(deps.store, principal, actor, params.id, form);
      await (form === 'json' ? sendJson(card, res) : sendHtml(card, res));
    },
  }),
  route({
    ...common,
    path: `${SUBMISSIONS}/:id/scorecard.html`,
    summary: 'The scorecard as a page',
    answers: { 200: asPage },
    handle: async ({ principal, actor, params, deps, res }) =>
      sendHtml(await downloadScorecard(deps.store, principal, actor, params.id, 'html'), res),
  }),
  route({
    ...common,
    path: `${SUBMISSIONS}/:id/scorecard.json`,
    summary: 'The scorecard as JSON',
    answers: { 200: asJson },
    handle: async ({ principal, actor, params, deps, res }) =>
      sendJson(await downloadScorecard(deps.store, principal, actor, params.id, 'json'), res),
  }),
  ...scorecardFiles(SUBMISSIONS),
  route({
    ...common,
    path: `${SUBMISSIONS}/:id/attempts/:run/scorecard.json`,
    params: z.object({ id, run: id }),
    summary: 'The scorecard of one attempt, also where another one counts',
    answers: { 200: { ...asJson, description: 'The scorecard of that run.' } },
    errors: ['submissionUnknown', 'attemptUnknown'],
    async handle({ principal, actor, params, deps, res }) {
      const card = await attemptScorecard(deps.store, principal, params.id, params.run);
      await recordDownload(deps.store, actor, params.id, 'json');
      sendJson(card, res);
    },
  }),
];

async function sendHtml(card: Scorecard, res: Response): Promise<void> {
  res.setHeader('Cache-Control', 'private, no-cache');
  await sendScorecardPage(card, 'team', res);
}

function sendJson(card: Scorecard, res: Response): void {
  res.setHeader('Cache-Control', 'private, no-cache');
  res.type('json').send(toJson(card));
}
