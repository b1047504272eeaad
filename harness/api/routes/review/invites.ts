import { z } from 'zod';
import { ACCESS } from '../../../accounts/roles.js';
import { wantedPack } from '../../../catalogue.js';
import { AssayerError } from '../../../errors.js';
import type { Invite } from '../../../store/invites.js';
import { changeInvite, createInvite, findInvite, listInvites, revokeInvite } from '../../../store/invites.js';
import type { Store } from '../../../store/database.js';
import { REVEALS } from '../../../store/schema-review.js';
import { checkIfMatch, ETAG_HEADER, IF_MATCH_HEADER, sendResource } from '../../routing/preconditions.js';
import type { Route } from '../../routing/types.js';
import { route } from '../../routing/types.js';
import { id } from '../../routing/validate.js';
import { inviteChange, inviteForm } from './forms.js';

const INVITES = '/api/v1/invites';

const moment = z.iso.datetime();
const inviteSchema = z
  .object({
    id,
    assessment: z.string(),
    candidate: z.string().nullable().meta({ description: 'Null once the candidate withdrew.' }),
    deadline: moment,
    extraMinutes: z.int().meta({ description: 'An accommodation: minutes beyond the deadline.' }),
    closesAt: moment.meta({ description: 'The deadline with the extra time.' }),
    maxSubmissions: z.int(),
    reveal: z.enum(REVEALS),
    createdAt: moment,
    openedAt: moment.nullable(),
    revokedAt: moment.nullable(),
    withdrawnAt: moment.nullable(),
    submissions: z.int(),
  })
  .meta({ id: 'Invite' });

/** The path of a candidate's link. */
export const invitePath = (secret: string): string => `/invitation/${secret}`;

export async function inviteOf(store: Store, organisation: string, invite: string): Promise<Invite> {
  const found = await findInvite(store, organisation, invite);
  if (!found) throw new AssayerError('inviteUnknown', { id: invite });
  return found;
}

const create = route({
  method: 'post',
  path: INVITES,
  summary: 'Invite a candidate',
  access: ACCESS.manage,
  body: { 'application/json': inviteForm },
  answers: {
    201: {
      description: 'The invite, and the path of its link, which is shown this once.',
      schema: inviteSchema.extend({ path: z.string() }),
      headers: { Location: 'Where to look.' },
    },
  },
  errors: ['assessmentUnknown'],
  async handle({ actor, body, deps, res }) {
    await wantedPack(deps.catalogue, body.assessment);
    const made = await createInvite(deps.store, actor, body);
    const invite = await inviteOf(deps.store, actor.organisation, made.id);
    res
      .status(201)
      .location(`${INVITES}/${made.id}`)
      .json({ ...invite, path: invitePath(made.secret) });
  },
});

const list = route({
  method: 'get',
  path: INVITES,
  summary: 'List invites, newest first',
  access: ACCESS.manage,
  query: z.object({ cursor: id.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answers: {
    200: {
      description: 'A page of them; `next` is the cursor of the one after.',
      schema: z.object({ items: z.array(inviteSchema), next: id.nullable() }),
    },
  },
  async handle({ principal, query, deps, res }) {
    const wanted = { before: query.cursor, limit: query.limit + 1 };
    const found = await listInvites(deps.store, principal.organisation, wanted);
    const items = found.slice(0, query.limit);
    res.json({ items, next: found.length > query.limit ? (items.at(-1)?.id ?? null) : null });
  },
});

const one = route({
  method: 'get',
  path: `${INVITES}/:id`,
  summary: 'Look at an invite',
  access: ACCESS.manage,
  answers: { 200: { description: 'The invite.', schema: inviteSchema, headers: ETAG_HEADER } },
  errors: ['inviteUnknown'],
  handle: async ({ principal, params, deps, res }) =>
    sendResource(res, await inviteOf(deps.store, principal.organisation, params.id)),
});

const change = route({
  method: 'patch',
  path: `${INVITES}/:id`,
  summary: 'Change deadline, extra time, attempts or what is revealed',
  access: ACCESS.manage,
  body: { 'application/json': inviteChange },
  requestHeaders: IF_MATCH_HEADER,
  answers: {
    200: { description: 'The invite as it is now.', schema: inviteSchema, headers: ETAG_HEADER },
  },
  errors: ['inviteUnknown', 'preconditionFailed'],
  async handle({ actor, params, body, deps, req, res }) {
    await changeInvite(deps.store, actor, params.id, body, (before) => checkIfMatch(req, before));
    sendResource(res, await inviteOf(deps.store, actor.organisation, params.id));
  },
});

const revoke = route({
  method: 'post',
  path: `${INVITES}/:id/revoke`,
  summary: 'Close the link of an invite for good; what was handed in stays',
  access: ACCESS.manage,
  answers: { 200: { description: 'The invite as it is now.', schema: inviteSchema } },
  errors: ['inviteUnknown'],
  async handle({ actor, params, deps, res }) {
    await revokeInvite(deps.store, actor, params.id);
    res.json(await inviteOf(deps.store, actor.organisation, params.id));
  },
});

export const inviteRoutes: readonly Route[] = [list, create, one, change, revoke];
