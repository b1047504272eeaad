import { z } from 'zod';
import type { PasswordFault } from '../../accounts/people.js';
import { changePassword } from '../../accounts/people.js';
import type { Permission } from '../../accounts/roles.js';
import { ACCESS } from '../../accounts/roles.js';
import { dropSession } from '../../accounts/sessions.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { AssayerError } from '../../errors.js';
import { listSessions } from '../../store/sessions.js';
import { sendPage } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';
import { accountPage, accountView } from './account.js';

const page = { access: ACCESS.self, pages: true } as const;

const show = route({
  ...page,
  method: 'get',
  path: '/account',
  summary: 'Your account, and where you are signed in',
  query: z.object({ done: z.enum(['password', 'session']).optional() }),
  handle: (context) => render(context, null, context.query.done),
});

const endOne = route({
  ...page,
  method: 'post',
  path: '/account/sessions/:id/end',
  summary: 'Sign one of your browsers out',
  async handle({ actor, principal, params, deps, res }) {
    if (!(await dropSession(deps.store, actor, principal, params.id))) {
      throw new AssayerError('sessionUnknown', { id: params.id });
    }
    res.redirect(303, '/account?done=session');
  },
});

const password = route({
  ...page,
  method: 'post',
  path: '/account/password',
  summary: 'Change your password',
  body: {
    'application/x-www-form-urlencoded': z.object({
      current: z.string().max(400),
      password: z.string().max(400),
    }),
  },
  async handle(context) {
    const { actor, principal, body, deps, res } = context;
    const fault = await changePassword(deps.store, actor, principal, body);
    if (fault === null) return res.redirect(303, '/account?done=password');
    res.status(422);
    await render(context, fault);
  },
});

export const accountPages: readonly Route[] = [show, endOne, password];

const NOTICES = {
  password: 'The password is changed. Your other browsers are signed out.',
  session: 'The browser is signed out.',
} as const;

async function render(
  context: Pick<Context<Permission>, 'principal' | 'csrf' | 'deps' | 'res'>,
  fault: PasswordFault | null,
  done?: keyof typeof NOTICES,
): Promise<void> {
  const { principal, deps, res } = context;
  const sessions = await listSessions(deps.store, principal.organisation, principal.id);
  const frame = { title: 'Account', viewer: viewerOf(context), notice: done ? NOTICES[done] : null };
  sendPage(res, accountPage(frame, accountView(principal, sessions, fault)));
}
