import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import type { FailureCounts } from '../store/failures.js';
import { countFailures, forgiveFailures, noteFailure, WINDOW_SECONDS } from '../store/failures.js';
import type { Credentials } from '../store/people.js';
import { findCredentials } from '../store/people.js';
import type { Holder } from '../store/sessions.js';
import { createSession } from '../store/sessions.js';
import { passwordHolds } from './passwords.js';
import type { Actor } from './principal.js';

/** Where somebody comes from, and with what. */
export interface Browser {
  readonly address: string;
  readonly agent: string;
  readonly requestId: string | null;
}

/** A session lasts a working day. */
export const SESSION_SECONDS = 12 * 3600;

/**
 * Wrong passwords within a quarter of an hour. The address that guesses is stopped first, so that nobody can lock
 * somebody else out from elsewhere; only a guess that is spread over many addresses closes the account itself.
 */
const MOST: FailureCounts = { pair: 5, address: 30, account: 100 };

export type SignIn =
  | { readonly kind: 'signedIn'; readonly session: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'tooMany'; readonly retrySeconds: number };

export const normalEmail = (text: string): string => text.trim().toLowerCase();

export async function signIn(
  store: Store,
  given: { readonly email: string; readonly password: string },
  browser: Browser,
): Promise<SignIn> {
  const email = normalEmail(given.email);
  const counts = await countFailures(store, email, browser.address);
  const names = Object.keys(MOST) as (keyof FailureCounts)[];
  if (names.some((name) => counts[name] >= MOST[name])) {
    return { kind: 'tooMany', retrySeconds: WINDOW_SECONDS };
  }
  const person = await findCredentials(store, email);
  const holds = await passwordHolds(person?.password_hash ?? null, given.password);
  if (!person || !holds || person.state !== 'active') {
    await noteFailure(store, email, browser.address);
    if (person) {
      const entry = { action: 'session.refused', subject: person.id } as const;
      await recordAudit(store, actorFor(person, browser), entry);
    }
    return { kind: 'refused' };
  }
  await forgiveFailures(store, email, browser.address);
  return { kind: 'signedIn', session: await openFor(store, person, 'password', browser) };
}

/** Opens a session for somebody who has shown who it is. */
export function openFor(
  store: Store,
  person: Credentials,
  by: 'password' | 'oidc' | 'link',
  browser: Browser,
): Promise<string> {
  return open(store, actorFor(person, browser), { person: person.id }, by, browser);
}

/** Opens a session and writes it down. */
export async function open(
  store: Store,
  actor: Actor,
  holder: Holder,
  by: 'password' | 'oidc' | 'link' | 'token',
  browser: Browser,
): Promise<string> {
  const { address, agent } = browser;
  const session = { holder, seconds: SESSION_SECONDS, address, agent };
  const secret = await createSession(store, actor.organisation, session);
  await recordAudit(store, actor, { action: 'session.opened', subject: actor.id, details: { by } });
  return secret;
}

export const actorFor = (
  { organisation, id, name }: Pick<Credentials, 'organisation' | 'id' | 'name'>,
  { address, requestId }: Browser,
): Actor => ({ organisation, kind: 'person', id, name, address, requestId });
