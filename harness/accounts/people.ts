import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import { createLink, forgetLinks } from '../store/links.js';
import type { NewPerson, PersonChanges, PersonView } from '../store/people.js';
import {
  addPerson,
  findCredentials,
  findPerson,
  lockPeople,
  setProof,
  updatePerson,
} from '../store/people.js';
import { endSessionsOf } from '../store/sessions.js';
import { hashPassword, passwordFault, passwordHolds } from './passwords.js';
import type { Actor, Principal } from './principal.js';
import { normalEmail } from './sign-in.js';

/** A week to accept an invitation, a day to set a new password. */
const LINK_SECONDS = { join: 7 * 24 * 3600, reset: 24 * 3600 } as const;

/** A link for somebody, to be handed over by whoever made it. */
export interface PersonLink {
  readonly purpose: keyof typeof LINK_SECONDS;
  readonly key: string;
  readonly expiresInSeconds: number;
}

export type Invited =
  | { readonly kind: 'invited'; readonly person: PersonView; readonly link: PersonLink }
  | { readonly kind: 'emailTaken' };

export function invite(store: Store, actor: Actor, given: NewPerson): Promise<Invited> {
  return store.transaction().execute(async (tx): Promise<Invited> => {
    const person = { ...given, email: normalEmail(given.email) };
    const id = await addPerson(tx, actor.organisation, person);
    if (id === null) return { kind: 'emailTaken' };
    await recordAudit(tx, actor, { action: 'person.invited', subject: id, details: { role: given.role } });
    const link = await makeLink(tx, actor, id, 'join');
    return { kind: 'invited', person: await existing(tx, actor, id), link };
  });
}

/** A new link for somebody: to join, or to set a new password. Earlier ones are worth nothing from now on. Null: no such person. */
export function linkFor(store: Store, actor: Actor, id: string): Promise<PersonLink | null> {
  return store.transaction().execute(async (tx) => {
    const person = await findPerson(tx, actor.organisation, id);
    if (!person || person.state === 'disabled') return null;
    await recordAudit(tx, actor, { action: 'person.linkMade', subject: id });
    return makeLink(tx, actor, id, person.state === 'invited' ? 'join' : 'reset');
  });
}

async function makeLink(
  tx: Store,
  { organisation }: Actor,
  person: string,
  purpose: PersonLink['purpose'],
): Promise<PersonLink> {
  await forgetLinks(tx, organisation, person);
  const seconds = LINK_SECONDS[purpose];
  const key = await createLink(tx, organisation, { purpose, person, token: null, seconds });
  return { purpose, key, expiresInSeconds: seconds };
}

export type Changed =
  | { readonly kind: 'changed'; readonly person: PersonView }
  | { readonly kind: 'unknown' }
  /** Somebody has to be there who can manage people. */
  | { readonly kind: 'lastAdmin' };

/** Changes name, role, or whether somebody may sign in. `expect` may refuse what it finds, by throwing. */
export function change(
  store: Store,
  actor: Actor,
  id: string,
  changes: PersonChanges,
  expect: (person: PersonView) => void,
): Promise<Changed> {
  return store.transaction().execute(async (tx): Promise<Changed> => {
    const all = await lockPeople(tx, actor.organisation);
    const person = all.find((one) => one.id === id);
    if (!person) return { kind: 'unknown' };
    expect(person);
    const admins = all.filter(({ role, state }) => role === 'admin' && state === 'active');
    const steps = changes.disabled === true || (changes.role !== undefined && changes.role !== 'admin');
    if (steps && admins.length === 1 && admins[0]?.id === id) return { kind: 'lastAdmin' };
    await updatePerson(tx, actor.organisation, id, changes);
    // What a person may do is read from the row at each request; who may not come in at all is thrown out.
    if (changes.disabled) {
      await endSessionsOf(tx, actor.organisation, id, null);
      await forgetLinks(tx, actor.organisation, id);
    }
    const { name: _name, ...told } = changes;
    await recordAudit(tx, actor, { action: 'person.changed', subject: id, details: told });
    return { kind: 'changed', person: await existing(tx, actor, id) };
  });
}

async function existing(tx: Store, { organisation }: Actor, id: string): Promise<PersonView> {
  const person = await findPerson(tx, organisation, id);
  if (!person) throw new Error(`${id} was there a moment ago`);
  return person;
}

/** What is wrong, by field; null when the password is the new one now. Other sessions of the person end. */
export type PasswordFault = { readonly field: 'current' | 'password'; readonly fault: string };

export async function changePassword(
  store: Store,
  actor: Actor,
  { id, organisation, session }: Principal,
  given: { readonly current: string; readonly password: string },
): Promise<PasswordFault | null> {
  const person = await findPerson(store, organisation, id);
  const known = person && (await findCredentials(store, person.email));
  if (!known || !(await passwordHolds(known.password_hash, given.current))) {
    return { field: 'current', fault: 'This is not your current password.' };
  }
  const fault = passwordFault(given.password, known.email);
  if (fault !== null) return { field: 'password', fault };
  const passwordHash = await hashPassword(given.password);
  await store.transaction().execute(async (tx) => {
    await setProof(tx, organisation, id, { passwordHash });
    await endSessionsOf(tx, organisation, id, session);
    await recordAudit(tx, actor, { action: 'person.passwordSet', subject: id, details: { by: 'self' } });
  });
  return null;
}
