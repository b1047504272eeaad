import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import { createLink, findLink, forgetLinks, redeemLink } from '../store/links.js';
import { isEmpty, renameOrganisation } from '../store/organisations.js';
import { addPerson, findCredentials, findPerson, setProof } from '../store/people.js';
import { endSessionsOf } from '../store/sessions.js';
import { hashPassword, passwordFault } from './passwords.js';
import type { Browser } from './sign-in.js';
import { actorFor, normalEmail, openFor } from './sign-in.js';

const SET_UP_SECONDS = 24 * 3600;

/** The text of a new link that makes the first admin, in place of any earlier one; null when the organisation has people already. */
export async function setUpKey(store: Store, organisation: string): Promise<string | null> {
  if (!(await isEmpty(store, organisation))) return null;
  await forgetLinks(store, organisation, null);
  return createLink(store, organisation, {
    purpose: 'setUp',
    person: null,
    token: null,
    seconds: SET_UP_SECONDS,
  });
}

/** What came of using a link; `session` is the text for the cookie. */
export type Entered =
  | { readonly kind: 'entered'; readonly session: string }
  | { readonly kind: 'linkOver' }
  | { readonly kind: 'refused'; readonly field: 'email' | 'password'; readonly fault: string };

/** The first admin names itself and the organisation (empty: as it is). Of two who use the link at once, one does. */
export async function setUp(
  store: Store,
  key: string,
  given: {
    readonly email: string;
    readonly name: string;
    readonly organisation: string;
    readonly password: string;
  },
  browser: Browser,
): Promise<Entered> {
  const email = normalEmail(given.email);
  const fault = passwordFault(given.password, email);
  if (fault !== null) return { kind: 'refused', field: 'password', fault };
  const passwordHash = await hashPassword(given.password);
  return store
    .transaction()
    .execute(async (tx): Promise<Entered> => {
      const link = await redeemLink(tx, 'setUp', key);
      if (!link || !(await isEmpty(tx, link.organisation))) return { kind: 'linkOver' };
      const id = await addPerson(tx, link.organisation, { email, name: given.name, role: 'admin' });
      if (id === null) throw new EmailTaken();
      await setProof(tx, link.organisation, id, { passwordHash });
      if (given.organisation !== '') await renameOrganisation(tx, link.organisation, given.organisation);
      const actor = actorFor({ organisation: link.organisation, id, name: given.name }, browser);
      await recordAudit(tx, actor, {
        action: 'person.joined',
        subject: id,
        details: { role: 'admin', by: 'setUp' },
      });
      return { kind: 'entered', session: await enter(tx, email, browser) };
    })
    .catch(refusedWhenTaken);
}

/** Undoes the transaction, so that the link can be used again. */
class EmailTaken extends Error {}

function refusedWhenTaken(error: unknown): Entered {
  if (!(error instanceof EmailTaken)) throw error;
  return { kind: 'refused', field: 'email', fault: 'Somebody has this e-mail address already.' };
}

/** For whom a link to join or to set a new password is; null when it is no more. */
export async function whoseLink(
  store: Store,
  purpose: 'join' | 'reset',
  key: string,
): Promise<{ readonly email: string; readonly name: string } | null> {
  const link = await findLink(store, purpose, key);
  return link?.person ? findPerson(store, link.organisation, link.person) : null;
}

/** Sets the password of whom the link was made for, and ends the sessions that were open. */
export async function usePersonLink(
  store: Store,
  purpose: 'join' | 'reset',
  key: string,
  password: string,
  browser: Browser,
): Promise<Entered> {
  const owner = await whoseLink(store, purpose, key);
  if (!owner) return { kind: 'linkOver' };
  const fault = passwordFault(password, owner.email);
  if (fault !== null) return { kind: 'refused', field: 'password', fault };
  const passwordHash = await hashPassword(password);
  return store.transaction().execute(async (tx): Promise<Entered> => {
    const link = await redeemLink(tx, purpose, key);
    const person = link?.person ? await findPerson(tx, link.organisation, link.person) : null;
    if (!link || !person || person.state === 'disabled') return { kind: 'linkOver' };
    await setProof(tx, link.organisation, person.id, { passwordHash });
    await endSessionsOf(tx, link.organisation, person.id, null);
    const actor = actorFor({ organisation: link.organisation, ...person }, browser);
    const action = purpose === 'join' ? 'person.joined' : 'person.passwordSet';
    await recordAudit(tx, actor, { action, subject: person.id, details: { by: purpose } });
    return { kind: 'entered', session: await enter(tx, person.email, browser) };
  });
}

async function enter(tx: Store, email: string, browser: Browser): Promise<string> {
  const person = await findCredentials(tx, email);
  if (!person) throw new Error(`${email} has joined and is not there`);
  return openFor(tx, person, 'link', browser);
}
