import { z } from 'zod';
import type { Permission } from '../../accounts/roles.js';
import { ACCESS } from '../../accounts/roles.js';
import { originOf } from '../../api/origin.js';
import { inviteForm } from '../../api/routes/review/forms.js';
import { inviteOf, invitePath } from '../../api/routes/review/invites.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { id } from '../../api/routing/validate.js';
import { wantedPack } from '../../catalogue.js';
import { changeInvite, createInvite, listInvites, revokeInvite } from '../../store/invites.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { invitePage, invitesPage, invitesView, inviteView } from './views.js';

const page = { access: ACCESS.manage, pages: true } as const;
const PAGE = 50;

/** What the browser's field for a time sends has no zone; the label says that it is UTC. */
const deadline = z.iso
  .datetime({ local: true })
  .transform((local) => new Date(`${local.replace(/Z$/, '')}Z`));
const newForm = inviteForm.extend({ deadline });
const changeForm = newForm.omit({ candidate: true, assessment: true });

const list = route({
  ...page,
  method: 'get',
  path: '/invites',
  summary: 'Invites of candidates, and the form for a new one',
  query: z.object({ cursor: id.optional() }),
  handle: (context) => render(context, context.query.cursor, null),
});

const create = route({
  ...page,
  method: 'post',
  path: '/invites',
  summary: 'Invite a candidate, and show the link once',
  body: { 'application/x-www-form-urlencoded': newForm },
  errors: ['assessmentUnknown'],
  async handle(context) {
    const { actor, body, deps, req, res } = context;
    await wantedPack(deps.catalogue, body.assessment);
    const { secret } = await createInvite(deps.store, actor, body);
    res.status(201);
    await render(context, undefined, `${originOf(req, deps.config)}${invitePath(secret)}`);
  },
});

const show = route({
  ...page,
  method: 'get',
  path: '/invites/:id',
  summary: 'One invite',
  query: z.object({ done: z.enum(['changed', 'closed']).optional() }),
  errors: ['inviteUnknown'],
  async handle(context) {
    const { principal, params, query, deps, csrf, res } = context;
    const invite = await inviteOf(deps.store, principal.organisation, params.id);
    const view = inviteView(invite, new Date(), csrf());
    const notice = query.done ? NOTICES[query.done] : null;
    sendPage(res, invitePage({ title: `Invite: ${view.row.who}`, viewer: viewerOf(context), notice }, view));
  },
});

const change = route({
  ...page,
  method: 'post',
  path: '/invites/:id',
  summary: 'Change deadline, extra time, attempts or what is revealed',
  body: { 'application/x-www-form-urlencoded': changeForm },
  errors: ['inviteUnknown'],
  async handle({ actor, params, body, deps, res }) {
    await inviteOf(deps.store, actor.organisation, params.id);
    await changeInvite(deps.store, actor, params.id, body);
    res.redirect(303, `/invites/${params.id}?done=changed`);
  },
});

const revoke = route({
  ...page,
  method: 'post',
  path: '/invites/:id/revoke',
  summary: 'Close the link of an invite for good',
  errors: ['inviteUnknown'],
  async handle({ actor, params, deps, res }) {
    await inviteOf(deps.store, actor.organisation, params.id);
    await revokeInvite(deps.store, actor, params.id);
    res.redirect(303, `/invites/${params.id}?done=closed`);
  },
});

export const invitePages: readonly Route[] = [list, create, show, change, revoke];

const NOTICES = { changed: 'The invite is changed.', closed: 'The link is closed.' } as const;

async function render(
  context: Pick<Context<Permission>, 'principal' | 'csrf' | 'deps' | 'res'>,
  before: string | undefined,
  link: string | null,
): Promise<void> {
  const { principal, deps, csrf, res } = context;
  const found = await listInvites(deps.store, principal.organisation, { before, limit: PAGE + 1 });
  const invites = found.slice(0, PAGE);
  const next = found.length > PAGE ? `/invites?cursor=${invites.at(-1)?.id ?? ''}` : null;
  const assessments = (await deps.catalogue.list()).map(({ spec }) => spec);
  const view = invitesView({ invites, next, assessments, now: new Date(), link, csrf: csrf() });
  sendPage(res, invitesPage({ title: 'Invites', viewer: viewerOf(context) }, view));
}
