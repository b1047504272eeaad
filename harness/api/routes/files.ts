import { z } from 'zod';
import { ACCESS } from '../../accounts/roles.js';
import { AssayerError } from '../../errors.js';
import { readCompared } from '../compared.js';
import { findBrowser, printPage } from '../print.js';
import { SUBMISSIONS } from '../representation.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import { id } from '../routing/validate.js';
import { downloadScorecard, recordDownload, visibleScorecard } from '../scorecard.js';

/** Of a page, or of the interface for programs: what is taken along as a file is the same. */
type Kind = Pick<Route, 'pages'>;

const errors = ['submissionUnknown', 'scorecardNotReady', 'notGraded'] as const;
const csv = { 200: { description: 'RFC 4180.', type: 'text/csv' } };

export const scorecardFiles = (
  submissions: '/submissions' | typeof SUBMISSIONS,
  kind: Kind = {},
): readonly Route[] => [
  route({
    ...kind,
    method: 'get',
    path: `${submissions}/:id/scorecard.csv`,
    summary: 'The scorecard as a line for each check',
    access: ACCESS.readOwn,
    answers: csv,
    errors,
    async handle({ principal, actor, deps, params, res }) {
      const card = await downloadScorecard(deps.store, principal, actor, params.id, 'csv');
      const { toCsv } = await import('../../../reports/formats/index.js');
      res.attachment(`${params.id}.csv`).type('text/csv').send(toCsv(card));
    },
  }),
  route({
    ...kind,
    method: 'get',
    path: `${submissions}/:id/scorecard.pdf`,
    summary: 'The scorecard to print, where this machine has a Chromium',
    access: ACCESS.readOwn,
    answers: { 200: { description: 'The printed page.', type: 'application/pdf' } },
    errors: [...errors, 'printingUnavailable'],
    async handle({ principal, actor, deps, params, res }) {
      const card = await visibleScorecard(deps.store, principal, params.id);
      // Rendering takes memory that a server without visitors does not need.
      const { renderScorecard } = await import('../../../reports/scorecard/index.js');
      const html = renderScorecard(card, { audience: 'team' });
      const pdf = await printPage(findBrowser(deps.config.chromium), html);
      await recordDownload(deps.store, actor, params.id, 'pdf');
      res.attachment(`${params.id}.pdf`).type('application/pdf').send(pdf);
    },
  }),
];

/** Which submissions to compare. */
export const comparedQuery = z.object({
  submission: z
    .union([id.transform((one) => [one]), z.array(id)])
    .default([])
    .meta({ description: 'Once for each; two to six.' }),
});

export const comparisonFile = (path: '/compare.csv' | '/api/v1/comparison.csv', kind: Kind = {}): Route =>
  route({
    ...kind,
    method: 'get',
    path,
    summary: 'Scorecards side by side, a line for each check',
    access: ACCESS.read,
    query: comparedQuery,
    answers: csv,
    errors: ['bodyInvalid', ...errors],
    async handle({ principal, actor, deps, query: { submission }, res }) {
      const compared = await readCompared(deps.store, principal, submission);
      if (typeof compared === 'string') throw new AssayerError('bodyInvalid', { problem: compared });
      const { toComparisonCsv } = await import('../../../reports/formats/index.js');
      for (const one of compared) await recordDownload(deps.store, actor, one.id, 'comparison');
      res
        .attachment('comparison.csv')
        .type('text/csv')
        .send(toComparisonCsv(compared.map(({ card }) => card)));
    },
  });
