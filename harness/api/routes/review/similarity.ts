import { join } from 'node:path';
import { z } from 'zod';
import { ACCESS } from '../../../accounts/roles.js';
import { AssayerError } from '../../../errors.js';
import { compareSubmissions, WORTH_A_NOTE } from '../../../review/similarity/index.js';
import { findAlike } from '../../../store/prints.js';
import { SUBMISSIONS } from '../../representation.js';
import type { Route } from '../../routing/types.js';
import { route } from '../../routing/types.js';
import { id } from '../../routing/validate.js';
import { visibleSubmission } from '../../visible.js';

const place = z.object({ path: z.string(), from: z.int(), to: z.int() });
const share = z.number().min(0).max(1);
const MOST = 10;

const list = route({
  method: 'get',
  path: `${SUBMISSIONS}/:id/similarity`,
  summary: 'Submissions of other candidates that share code with this one; it costs nobody points',
  access: ACCESS.read,
  answers: {
    200: {
      description:
        'Those that share most, with the share of the smaller one’s prints. The starter does not count.',
      schema: z.object({ items: z.array(z.object({ submission: id, shared: z.int(), share })) }),
    },
  },
  errors: ['submissionUnknown'],
  async handle({ principal, params, deps: { store }, res }) {
    await visibleSubmission(store, principal, params.id);
    const wanted = { least: WORTH_A_NOTE, limit: MOST };
    res.json({ items: await findAlike(store, principal.organisation, params.id, wanted) });
  },
});

const pair = route({
  method: 'get',
  path: `${SUBMISSIONS}/:id/similarity/:other`,
  summary: 'The passages that two submissions share, side by side',
  access: ACCESS.read,
  answers: {
    200: {
      description: 'Longest first. Each share is of that side’s own code.',
      schema: z.object({
        left: share.nullable(),
        right: share.nullable(),
        fragments: z.array(z.object({ left: place, right: place, tokens: z.int() })),
      }),
    },
  },
  errors: ['submissionUnknown', 'notComparable'],
  async handle({ principal, params, deps, res }) {
    await visibleSubmission(deps.store, principal, params.id);
    const both = [params.id, params.other] as const;
    const blobsDir = join(deps.config.stateDir, 'blobs');
    const likeness = await compareSubmissions({ ...deps, blobsDir }, principal.organisation, both);
    if (!likeness) throw new AssayerError('notComparable', {});
    res.json(likeness);
  },
});

export const similarityRoutes: readonly Route[] = [list, pair];
