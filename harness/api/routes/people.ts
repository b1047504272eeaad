import { z } from 'zod';
import type { PersonLink } from '../../accounts/people.js';
import { change, invite, linkFor } from '../../accounts/people.js';
import { ACCESS, ROLES } from '../../accounts/roles.js';
import { AssayerError } from '../../errors.js';
import type { PersonView } from '../../store/people.js';
import { findPerson, listPeople } from '../../store/people.js';
import { checkIfMatch, ETAG_HEADER, IF_MATCH_HEADER, sendResource } from '../routing/preconditions.js';
import type { Route } from '../routing/types.js';
import { route } from '../routing/types.js';
import { text } from '../routing/validate.js';

export const PEOPLE = '/api/v1/people';

const personSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(ROLES),
    state: z.enum(['active', 'invited', 'disabled']),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Person' });

const linkSchema = z
  .object({
    purpose: z.enum(['join', 'reset']),
    path: z.string().meta({ description: 'On this server. It works once.' }),
    expiresInSeconds: z.int(),
  })
  .meta({ id: 'PersonLink' });

export const personName = text(100).min(1, 'is empty');
export const newPerson = z.object({
  email: z.email().max(200),
  name: personName,
  role: z.enum(ROLES),
});

const toPerson = ({ created_at, ...person }: PersonView): z.output<typeof personSchema> => ({
  ...person,
  createdAt: created_at.toISOString(),
});

/** Where the person has to go. */
export const linkPath = ({ purpose, key }: PersonLink): string =>
  `/${purpose}?${new URLSearchParams({ key }).toString()}`;

const toLink = (link: PersonLink): z.output<typeof linkSchema> => ({
  purpose: link.purpose,
  path: linkPath(link),
  expiresInSeconds: link.expiresInSeconds,
});

const list = route({
  method: 'get',
  path: PEOPLE,
  summary: 'Who is in the organisation',
  access: ACCESS.admin,
  answers: { 200: { description: 'All of them.', schema: z.object({ items: z.array(personSchema) }) } },
  async handle({ principal, deps, res }) {
    res.json({ items: (await listPeople(deps.store, principal.organisation)).map(toPerson) });
  },
});

const create = route({
  method: 'post',
  path: PEOPLE,
  summary: 'Invite somebody; hand the link over yourself',
  access: ACCESS.admin,
  body: { 'application/json': newPerson },
  answers: {
    201: {
      description: 'Invited.',
      schema: z.object({ person: personSchema, link: linkSchema }),
      headers: { Location: 'Of the person.' },
    },
  },
  errors: ['emailTaken'],
  async handle({ actor, body, deps, res }) {
    const invited = await invite(deps.store, actor, body);
    if (invited.kind === 'emailTaken') throw new AssayerError('emailTaken', {});
    const person = toPerson(invited.person);
    res
      .status(201)
      .location(`${PEOPLE}/${person.id}`)
      .json({ person, link: toLink(invited.link) });
  },
});

const one = route({
  method: 'get',
  path: `${PEOPLE}/:id`,
  summary: 'Look at a person',
  access: ACCESS.admin,
  answers: { 200: { description: 'The person.', schema: personSchema, headers: ETAG_HEADER } },
  errors: ['personUnknown'],
  async handle({ principal, params, deps, res }) {
    const person = await findPerson(deps.store, principal.organisation, params.id);
    if (!person) throw new AssayerError('personUnknown', { id: params.id });
    sendResource(res, toPerson(person));
  },
});

const update = route({
  method: 'patch',
  path: `${PEOPLE}/:id`,
  summary: 'Change name or role, or whether the person may sign in',
  access: ACCESS.admin,
  body: {
    'application/json': z.object({
      name: personName.optional(),
      role: z.enum(ROLES).optional(),
      disabled: z.boolean().optional(),
    }),
  },
  requestHeaders: IF_MATCH_HEADER,
  answers: { 200: { description: 'As it is now.', schema: personSchema, headers: ETAG_HEADER } },
  errors: ['personUnknown', 'lastAdmin', 'preconditionFailed'],
  async handle({ actor, params, body, deps, req, res }) {
    const expect = (person: PersonView): void => checkIfMatch(req, toPerson(person));
    const changed = await change(deps.store, actor, params.id, body, expect);
    switch (changed.kind) {
      case 'changed':
        return sendResource(res, toPerson(changed.person));
      case 'unknown':
        throw new AssayerError('personUnknown', { id: params.id });
      case 'lastAdmin':
        throw new AssayerError('lastAdmin', {});
    }
  },
});

const link = route({
  method: 'post',
  path: `${PEOPLE}/:id/link`,
  summary: 'A new link for a person: to join, or to set a new password',
  access: ACCESS.admin,
  answers: {
    201: { description: 'The link. Earlier ones are worth nothing from now on.', schema: linkSchema },
  },
  errors: ['personUnknown'],
  async handle({ actor, params, deps, res }) {
    const made = await linkFor(deps.store, actor, params.id);
    if (!made) throw new AssayerError('personUnknown', { id: params.id });
    res.status(201).json(toLink(made));
  },
});

export const peopleRoutes: readonly Route[] = [list, create, one, update, link];
