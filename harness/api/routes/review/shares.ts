import { z } from 'zod';
import { ACCESS } from '../../../accounts/roles.js';
import { AssayerError } from '../../../errors.js';
import { createShare, listShares, revokeShare } from '../../../store/shares.js';
import { SUBMISSIONS } from '../../representation.js';
import type { Route } from '../../routing/types.js';
import { route } from '../../routing/types.js';
import { id } from '../../routing/validate.js';
import { visibleSubmission } from '../../visible.js';
import { shareForm } from './forms.js';

const moment = z.iso.datetime();
const shareSchema = z
  .object({
    id,
    audience: z.enum(['team', 'candidate']),
    createdAt: moment,
    expiresAt: moment,
    revokedAt: moment.nullable(),
    opened: z.int(),
    lastOpenedAt: moment.nullable(),
  })
  .meta({ id: 'ShareLink' });

/** The path of a link to a scorecard. */
export const sharePath = (secret: string): string => `/shared/${secret}`;

const list = route({
  method: 'get',
  path: `${SUBMISSIONS}/:id/shares`,
  summary: 'Links that show the scorecard to whoever has them',
  access: ACCESS.manage,
  answers: { 200: { description: 'Newest first.', schema: z.object({ items: z.array(shareSchema) }) } },
  errors: ['submissionUnknown'],
  async handle({ principal, params, deps: { store }, res }) {
    await visibleSubmission(store, principal, params.id);
    res.json({ items: await listShares(store, principal.organisation, params.id) });
  },
});

const create = route({
  method: 'post',
  path: `${SUBMISSIONS}/:id/shares`,
  summary: 'Make a link that shows the scorecard until it expires',
  access: ACCESS.manage,
  body: { 'application/json': shareForm },
  answers: {
    201: {
      description: 'The path of the link, which is shown this once.',
      schema: z.object({ id, path: z.string() }),
    },
  },
  errors: ['submissionUnknown'],
  async handle({ actor, params, body, deps: { store }, res }) {
    const made = await createShare(store, actor, params.id, body);
    if (!made) throw new AssayerError('submissionUnknown', { id: params.id });
    res.status(201).json({ id: made.id, path: sharePath(made.secret) });
  },
});

const revoke = route({
  method: 'post',
  path: '/api/v1/shares/:id/revoke',
  summary: 'Make a link show nothing any more',
  access: ACCESS.manage,
  answers: { 204: { description: 'Done.' } },
  errors: ['shareUnknown'],
  async handle({ actor, params, deps: { store }, res }) {
    if (!(await revokeShare(store, actor, params.id)))
      throw new AssayerError('shareUnknown', { id: params.id });
    res.status(204).end();
  },
});

export const shareRoutes: readonly Route[] = [list, create, revoke];
