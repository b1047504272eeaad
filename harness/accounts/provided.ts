import { recordAudit } from '../store/audit.js';
import type { Store } from '../store/database.js';
import type { Credentials } from '../store/people.js';
import { findBySubject, findCredentials, setProof } from '../store/people.js';
import type { Identity } from './oidc.js';
import type { Browser } from './sign-in.js';
import { actorFor, normalEmail, openFor } from './sign-in.js';

/** Null: nobody here is who the provider says it is, or may not come in. */
export function signInProvided(store: Store, identity: Identity, browser: Browser): Promise<string | null> {
  return store.transaction().execute(async (tx) => {
    const person = await whoIs(tx, identity, browser);
    if (!person || person.state === 'disabled') return null;
    return openFor(tx, person, 'oidc', browser);
  });
}

/**
 * Whoever signed in so before; else whoever was invited under the address that the provider has verified, and from then
 * on is known by its subject, so that an address that changes hands opens nothing.
 */
async function whoIs(
  tx: Store,
  { issuer, subject, email }: Identity,
  browser: Browser,
): Promise<Credentials | null> {
  const known = await findBySubject(tx, issuer, subject);
  if (known || email === null) return known;
  const person = await findCredentials(tx, normalEmail(email));
  if (!person || person.hasSubject || person.state === 'disabled') return null;
  await setProof(tx, person.organisation, person.id, { issuer, subject });
  const entry = { action: 'person.joined', subject: person.id, details: { by: 'oidc', issuer } } as const;
  await recordAudit(tx, actorFor(person, browser), entry);
  return { ...person, state: 'active' };
}
