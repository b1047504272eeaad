import { z } from 'zod';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { sendScorecardPage } from '../../api/send-scorecard.js';
import { AssayerError } from '../../errors.js';
import { recordAudit } from '../../store/audit.js';
import { findScorecard } from '../../store/scorecards.js';
import { openShare } from '../../store/shares.js';
import { findSubmission } from '../../store/submissions.js';

/** A link shows one scorecard to whoever has it: as the team sees it, or without what is hidden from candidates. */
const show = route({
  method: 'get',
  path: '/shared/:secret',
  summary: 'The scorecard that a link shows',
  access: 'public',
  pages: true,
  // Also what a mail program has cut off or added to: then it is a link that does not work.
  params: z.object({ secret: z.string().startsWith('asr_').max(300) }),
  errors: ['linkUnknown', 'scorecardNotReady'],
  async handle({ params, deps: { store }, req, res }) {
    const share = await openShare(store, params.secret);
    const view = share && (await findSubmission(store, share.organisation, share.submission));
    if (!share || !view) throw new AssayerError('linkUnknown', {});
    const card = await findScorecard(store, share.organisation, view.run.id);
    if (!card) throw new AssayerError('scorecardNotReady', { state: view.run.state });
    const actor = {
      organisation: share.organisation,
      kind: 'system',
      id: share.id,
      name: 'whoever has the link',
      address: req.ip ?? null,
      requestId: String(res.getHeader('x-request-id') ?? '') || null,
    } as const;
    const details = { share: share.id };
    await recordAudit(store, actor, { action: 'share.opened', subject: share.submission, details });
    res.setHeader('Cache-Control', 'no-store');
    await sendScorecardPage(card, share.audience, res);
  },
});

export const sharedRoutes: readonly Route[] = [show];
