import { sql } from 'kysely';
import type { PersonRole } from '../accounts/roles.js';
import type { Store } from './database.js';
import { newId } from './ids.js';

/** Somebody of an organisation, without anything secret. */
export interface PersonView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: PersonRole;
  /** Invited: has not come yet. */
  readonly state: 'active' | 'invited' | 'disabled';
  readonly created_at: Date;
}

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: PersonRole;
}

/** How somebody shows who it is. */
export type Proof = { readonly passwordHash: string } | { readonly issuer: string; readonly subject: string };

/** For sign-in alone. */
export interface Credentials extends PersonView {
  readonly organisation: string;
  readonly password_hash: string | null;
  /** Whether somebody at a provider is this person already. */
  readonly hasSubject: boolean;
}

const state = sql<PersonView['state']>`case
  when disabled_at is not null then 'disabled'
  when password_hash is null and oidc_subject is null then 'invited'
  else 'active' end`.as('state');

const people = (store: Store, organisation: string) =>
  store
    .selectFrom('people')
    .select(['id', 'email', 'name', 'role', 'created_at', state])
    .where('organisation_id', '=', organisation);

export const listPeople = (store: Store, organisation: string): Promise<PersonView[]> =>
  people(store, organisation).orderBy('id').execute();

export async function findPerson(store: Store, organisation: string, id: string): Promise<PersonView | null> {
  return (await people(store, organisation).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** The people of an organisation, locked for as long as the transaction goes on: for rules about all of them. */
export const lockPeople = (tx: Store, organisation: string): Promise<PersonView[]> =>
  people(tx, organisation).forUpdate().execute();

/** Null when somebody has the address already. */
export async function addPerson(
  store: Store,
  organisation: string,
  person: NewPerson,
): Promise<string | null> {
  const row = await store
    .insertInto('people')
    .values({ ...person, id: newId('per'), organisation_id: organisation })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export interface PersonChanges {
  readonly name?: string | undefined;
  readonly role?: PersonRole | undefined;
  readonly disabled?: boolean | undefined;
}

export async function updatePerson(
  store: Store,
  organisation: string,
  id: string,
  { name, role, disabled }: PersonChanges,
): Promise<void> {
  const values = {
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
    ...(disabled === undefined ? {} : { disabled_at: disabled ? sql<Date>`now()` : null }),
  };
  if (Object.keys(values).length === 0) return;
  const mine = store.updateTable('people').where('organisation_id', '=', organisation).where('id', '=', id);
  await mine.set(values).execute();
}

export async function setProof(store: Store, organisation: string, id: string, proof: Proof): Promise<void> {
  const values =
    'passwordHash' in proof
      ? { password_hash: proof.passwordHash }
      : { oidc_issuer: proof.issuer, oidc_subject: proof.subject };
  const mine = store.updateTable('people').where('organisation_id', '=', organisation).where('id', '=', id);
  await mine.set(values).execute();
}

const credentials = (store: Store) =>
  store
    .selectFrom('people')
    .select(['id', 'email', 'name', 'role', 'created_at', state])
    .select(['organisation_id as organisation', 'password_hash'])
    .select(sql<boolean>`oidc_subject is not null`.as('hasSubject'));

/** Whoever has the address, in whichever organisation: addresses are unique. */
export async function findCredentials(store: Store, email: string): Promise<Credentials | null> {
  return (await credentials(store).where('email', '=', email).executeTakeFirst()) ?? null;
}

export async function findBySubject(
  store: Store,
  issuer: string,
  subject: string,
): Promise<Credentials | null> {
  const query = credentials(store).where('oidc_issuer', '=', issuer).where('oidc_subject', '=', subject);
  return (await query.executeTakeFirst()) ?? null;
}
