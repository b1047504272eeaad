import type { Response } from 'express';
import { Router } from 'express';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { toJson } from '../../../reports/formats/index.js';
import { AssayerError } from '../../errors.js';
import { findScorecard } from '../../store/scorecards.js';
import { findSubmission } from '../../store/submissions.js';
import { only } from '../problem.js';
import { SUBMISSIONS } from '../representation.js';
import type { ApiDeps } from '../types.js';

/** The scorecard of a submission's latest run, as JSON or as a page: by Accept, or by the ending of the path. */
export function scorecardRoutes({ store }: Pick<ApiDeps, 'store'>): Router {
  const router = Router();
  const send = { html: sendHtml, json: sendJson };

  router
    .route(`${SUBMISSIONS}/:id/scorecard`)
    .get(async (req, res) => {
      const form = req.accepts(['json', 'html']);
      if (form !== 'json' && form !== 'html') {
        throw new AssayerError('notAcceptable', { offered: 'application/json and text/html' });
      }
      res.vary('Accept');
      await send[form](await scorecard(req.params.id), res);
    })
    .all(only('GET'));
  for (const form of ['html', 'json'] as const) {
    router
      .route(`${SUBMISSIONS}/:id/scorecard.${form}`)
      .get(async (req, res) => send[form](await scorecard(req.params.id), res))
      .all(only('GET'));
  }
  return router;

  async function scorecard(id: string): Promise<Scorecard> {
    const view = await findSubmission(store, id);
    if (!view) throw new AssayerError('submissionUnknown', { id: id.slice(0, 100) });
    const { state, verdict } = view.run;
    switch (state) {
      case 'queued':
      case 'running':
        throw new AssayerError('scorecardNotReady', { state });
      case 'failed':
      case 'cancelled':
        throw new AssayerError('notGraded', { reason: verdict?.message ?? 'The submission was not graded.' });
      case 'done': {
        const card = await findScorecard(store, view.run.id);
        if (!card) throw new Error(`run ${view.run.id} is done and has no scorecard`);
        return card;
      }
    }
  }
}

/** The page brings its own styles and script; this lets exactly those run. Rendering is loaded with the first page. */
async function sendHtml(card: Scorecard, res: Response): Promise<void> {
  const { renderScorecard, SCORECARD_POLICY } = await import('../../../reports/scorecard/index.js');
  res.setHeader('Content-Security-Policy', `${SCORECARD_POLICY}; frame-ancestors 'none'`);
  res.setHeader('Cache-Control', 'private, no-cache');
  res.type('html').send(renderScorecard(card, { audience: 'team' }));
}

async function sendJson(card: Scorecard, res: Response): Promise<void> {
  res.setHeader('Cache-Control', 'private, no-cache');
  res.type('json').send(toJson(card));
}
