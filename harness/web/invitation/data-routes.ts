import { z } from 'zod';
import { eraseDeps } from '../../api/erase.js';
import { clearInvitationCookie } from '../../api/routing/cookies.js';
import type { Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { withdrawCandidate } from '../../review/erase.js';
import { sendPage } from '../frame/page.js';
import { guestOf } from './guest.js';
import { dataPage, dataView, goodbyePage } from './views.js';

const show = route({
  method: 'get',
  path: '/invitation/data',
  summary: 'What is kept of a candidate, and for how long',
  access: 'public',
  pages: true,
  errors: ['inviteNeeded', 'assessmentUnknown'],
  async handle(context) {
    const { invite, pack } = await guestOf(context);
    sendPage(context.res, dataPage({ title: 'Your data' }, dataView(invite, pack, context.csrf())));
  },
});

const withdraw = route({
  method: 'post',
  path: '/invitation/withdraw',
  summary: 'Withdraw as a candidate, and have everything erased',
  access: 'public',
  pages: true,
  body: { 'application/x-www-form-urlencoded': z.object({ sure: z.literal('yes') }) },
  errors: ['inviteNeeded', 'assessmentUnknown'],
  async handle(context) {
    const { deps, res } = context;
    const { invite, actor } = await guestOf(context);
    await withdrawCandidate(eraseDeps(deps), actor, invite.id);
    clearInvitationCookie(res);
    sendPage(res, goodbyePage({ title: 'Everything is erased' }, { organisation: invite.organisation.name }));
  },
});

export const dataRoutes: readonly Route[] = [show, withdraw];
