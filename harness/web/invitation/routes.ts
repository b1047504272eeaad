import { z } from 'zod';
import { setInvitationCookie } from '../../api/routing/cookies.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { AssayerError } from '../../errors.js';
import { readBrief, readContract, starterArchive } from '../../packs/brief.js';
import { openInvite } from '../../store/invites.js';
import { article } from '../frame/markdown.js';
import { sendPage } from '../frame/page.js';
import { dataRoutes } from './data-routes.js';
import { entryRoutes } from './entry-routes.js';
import { guestOf } from './guest.js';
import { homeRoutes } from './home-routes.js';
import { briefPage, contractPage, invitationHead } from './views.js';

/** A link is of use as often as it is opened, since a candidate comes back; what it opens is kept in a cookie. */
const open = route({
  method: 'get',
  path: '/invitation/:secret',
  summary: 'The link of an invitation',
  access: 'public',
  pages: true,
  // Also what a mail program has cut off or added to: then it is a link that does not work.
  params: z.object({ secret: z.string().startsWith('asr_').max(300) }),
  errors: ['linkUnknown'],
  async handle({ params, deps, res }) {
    if (!(await openInvite(deps.store, params.secret))) throw new AssayerError('linkUnknown', {});
    setInvitationCookie(res, params.secret);
    res.redirect(303, '/invitation');
  },
});

const common = {
  method: 'get',
  access: 'public',
  pages: true,
  errors: ['inviteNeeded', 'assessmentUnknown'],
} as const;

const brief = route({
  ...common,
  path: '/invitation/brief',
  summary: 'The brief, for a candidate',
  async handle(context) {
    const { invite, pack } = await guestOf(context);
    const text = await readBrief(pack);
    const view = { head: invitationHead(invite, pack, 'brief'), brief: text === null ? null : article(text) };
    sendPage(context.res, briefPage({ title: `Brief: ${pack.spec.title}` }, view));
  },
});

const contract = route({
  ...common,
  path: '/invitation/contract',
  summary: 'The contract, for a candidate',
  async handle(context) {
    const { invite, pack } = await guestOf(context);
    const view = { head: invitationHead(invite, pack, 'contract'), text: await readContract(pack) };
    sendPage(context.res, contractPage({ title: `Contract: ${pack.spec.title}` }, view));
  },
});

const document = route({
  ...common,
  path: '/invitation/openapi.yaml',
  summary: 'The contract as OpenAPI, for a candidate',
  answers: { 200: { description: 'The document.', type: 'application/yaml' } },
  errors: ['inviteNeeded', 'assessmentUnknown', 'routeUnknown'],
  async handle(context) {
    const { pack } = await guestOf(context);
    const text = await readContract(pack);
    if (text === null) throw new AssayerError('routeUnknown', { path: '/invitation/openapi.yaml' });
    context.res.attachment('openapi.yaml').type('application/yaml').send(text);
  },
});

const starter = route({
  ...common,
  path: '/invitation/starter.tar.gz',
  summary: 'What a candidate begins from',
  answers: { 200: { description: 'The archive.', type: 'application/gzip' } },
  async handle(context) {
    const { pack } = await guestOf(context);
    const archive = await starterArchive(pack);
    context.res.attachment(`${pack.spec.id}.tar.gz`).type('application/gzip').send(archive);
  },
});

/** What candidates see: their own invitation and nothing else. */
export const invitationRoutes: readonly Route[] = [
  open,
  ...homeRoutes,
  brief,
  contract,
  document,
  starter,
  ...entryRoutes,
  ...dataRoutes,
];
