import type { Response } from 'express';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';

/**
 * A scorecard as one page, which brings its own styles and script; its policy lets exactly those run. Rendering takes memory
 * that a server without visitors does not need, so it is loaded with the first page.
 */
export async function sendScorecardPage(
  card: Scorecard,
  audience: 'team' | 'candidate',
  res: Response,
): Promise<void> {
  const { renderScorecard, SCORECARD_POLICY } = await import('../../reports/scorecard/index.js');
  res.setHeader('Content-Security-Policy', `${SCORECARD_POLICY}; frame-ancestors 'none'`);
  res.type('html').send(renderScorecard(card, { audience }));
}
