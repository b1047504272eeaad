import { z } from 'zod';
import type { Entered } from '../../accounts/joining.js';
import { setUp, usePersonLink, whoseLink } from '../../accounts/joining.js';
import type { Context, Route } from '../../api/routing/types.js';
import { route } from '../../api/routing/types.js';
import { text } from '../../api/routing/validate.js';
import { findLink } from '../../store/links.js';
import { DEFAULT_ORGANISATION, findOrganisation } from '../../store/organisations.js';
import { browserOf, letIn } from './browser.js';
import type { Welcome } from './welcome.js';
import { linkOverPage, welcomePage } from './welcome.js';

const keyed = z.object({ key: z.string().max(200).default('') });
const password = z.string().max(400);

const SET_UP = {
  heading: 'Welcome to Assayer',
  lead: 'Make the first account. It is an admin: it can invite everybody else.',
  action: '/setup',
  submit: 'Make the account',
  asksName: true,
  advice: 'The server prints a new one at its next start, for as long as nobody has an account.',
} as const;

const showSetUp = route({
  method: 'get',
  path: '/setup',
  summary: 'Make the first account of an organisation, by a one-time link',
  access: 'public',
  pages: true,
  query: keyed,
  async handle(context) {
    const { query, deps, res } = context;
    const link = await findLink(deps.store, 'setUp', query.key);
    if (!link) return linkOverPage(SET_UP.advice, res);
    // What every installation begins with has a name that would tell a candidate nothing.
    const { id, name } = await findOrganisation(deps.store, link.organisation);
    welcome(context, SET_UP, query.key, { organisation: id === DEFAULT_ORGANISATION ? '' : name });
  },
});

const useSetUp = route({
  method: 'post',
  path: '/setup',
  summary: 'Make the first account of an organisation',
  access: 'public',
  pages: true,
  body: {
    'application/x-www-form-urlencoded': keyed.extend({
      email: z.email().max(200),
      name: text(100).min(1, 'is empty'),
      organisation: text(100).default(''),
      password,
    }),
  },
  async handle(context) {
    const { body, deps, req } = context;
    const { key, ...given } = body;
    const entered = await setUp(deps.store, key, given, browserOf(req));
    const { email, name, organisation } = given;
    answer(context, SET_UP, key, { email, name, organisation }, entered);
  },
});

const PERSON_LINKS = {
  join: {
    heading: 'Welcome to Assayer',
    action: '/join',
    submit: 'Join',
    asksName: false,
    advice: 'Ask the admin who invited you for a new one.',
  },
  reset: {
    heading: 'Set a new password',
    action: '/reset',
    submit: 'Set the password',
    asksName: false,
    advice: 'Ask an admin of your organisation for a new one.',
  },
} as const;

/** The two pages behind a link that was made for somebody. */
function personLink(purpose: 'join' | 'reset'): readonly Route[] {
  const words = PERSON_LINKS[purpose];
  const lead = (name: string): string =>
    purpose === 'join'
      ? `You join as ${name}. Choose a password to sign in with from now on.`
      : `For ${name}. Every browser that is signed in as you has to sign in again.`;

  const show = route({
    method: 'get',
    path: `/${purpose}`,
    summary: `${words.heading}, by a one-time link`,
    access: 'public',
    pages: true,
    query: keyed,
    async handle(context) {
      const { query, deps, res } = context;
      const owner = await whoseLink(deps.store, purpose, query.key);
      if (!owner) return linkOverPage(words.advice, res);
      welcome(context, { ...words, lead: lead(owner.name) }, query.key, owner);
    },
  });

  const use = route({
    method: 'post',
    path: `/${purpose}`,
    summary: words.submit,
    access: 'public',
    pages: true,
    body: { 'application/x-www-form-urlencoded': keyed.extend({ password }) },
    async handle(context) {
      const { body, deps, req } = context;
      const owner = await whoseLink(deps.store, purpose, body.key);
      const entered = await usePersonLink(deps.store, purpose, body.key, body.password, browserOf(req));
      const told = { ...words, lead: lead(owner?.name ?? '') };
      answer(context, told, body.key, { email: owner?.email ?? '' }, entered);
    },
  });

  return [show, use];
}

export const joiningRoutes: readonly Route[] = [
  showSetUp,
  useSetUp,
  ...personLink('join'),
  ...personLink('reset'),
];

type Words = Pick<Welcome, 'heading' | 'lead' | 'action' | 'submit' | 'asksName'> & {
  readonly advice: string;
};
type Typed = Partial<Pick<Welcome, 'email' | 'name' | 'organisation'>>;

function welcome(
  { csrf, res }: Pick<Context<'public'>, 'csrf' | 'res'>,
  { heading, lead, action, submit, asksName }: Words,
  key: string,
  {
    email = '',
    name = '',
    organisation = '',
    ...faults
  }: Typed & Partial<Pick<Welcome, 'emailFault' | 'passwordFault'>>,
): void {
  const words = { heading, lead, action, submit, asksName };
  const none = { emailFault: null, passwordFault: null };
  welcomePage({ ...words, key, email, name, organisation, ...none, ...faults, csrf: csrf() }, res);
}

function answer(
  context: Pick<Context<'public'>, 'csrf' | 'res'>,
  words: Words,
  key: string,
  typed: Typed,
  entered: Entered,
): void {
  switch (entered.kind) {
    case 'entered':
      return letIn(context.res, entered.session, '/');
    case 'linkOver':
      return linkOverPage(words.advice, context.res);
    case 'refused': {
      context.res.status(422);
      const fault =
        entered.field === 'email' ? { emailFault: entered.fault } : { passwordFault: entered.fault };
      return welcome(context, words, key, { ...typed, ...fault });
    }
  }
}
