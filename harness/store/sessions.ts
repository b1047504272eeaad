import { sql } from 'kysely';
import type { Principal } from '../accounts/principal.js';
import { roleOfToken } from '../accounts/roles.js';
import type { Store } from './database.js';
import { newId } from './ids.js';
import { hashOf, newSecret } from './secrets.js';

/** For whom a browser session is: a person, or a token that a link stands for. */
export type Holder = { readonly person: string } | { readonly token: string };

export interface NewSession {
  readonly holder: Holder;
  readonly seconds: number;
  /** Where from, and with what: so that its owner knows it again in the list. */
  readonly address: string;
  readonly agent: string;
}

export interface SessionView {
  readonly id: string;
  readonly address: string;
  readonly agent: string;
  readonly created_at: Date;
  readonly seen_at: Date;
}

/** Opens a session and returns its text, for the cookie. */
export async function createSession(
  store: Store,
  organisation: string,
  { holder, seconds, address, agent }: NewSession,
): Promise<string> {
  const { secret, hash } = newSecret();
  await store
    .insertInto('sessions')
    .values({
      id: newId('ses'),
      organisation_id: organisation,
      person_id: 'person' in holder ? holder.person : null,
      token_id: 'token' in holder ? holder.token : null,
      hash,
      address: address.slice(0, 100),
      agent: agent.slice(0, 300),
      expires_at: sql<Date>`now() + make_interval(secs => ${seconds})`,
    })
    .execute();
  return secret;
}

/** Who is signed in with this text; null once the session, its person or its token is over. */
export async function findSession(store: Store, secret: string): Promise<Principal | null> {
  const row = await store
    .selectFrom('sessions as s')
    .innerJoin('organisations as o', 'o.id', 's.organisation_id')
    .leftJoin('people as p', 'p.id', 's.person_id')
    .leftJoin('tokens', 'tokens.id', 's.token_id')
    .select([
      's.id',
      'o.id as organisation',
      'o.name as organisation_name',
      'p.id as person',
      'p.name as person_name',
      'p.role',
    ])
    .select(['tokens.id as token', 'tokens.name as token_name', 'tokens.scopes'])
    .select(sql<boolean>`s.seen_at < now() - interval '1 minute'`.as('note_use'))
    .where('s.hash', '=', hashOf(secret))
    .where(sql<boolean>`s.expires_at > now()`)
    .where(sql<boolean>`p.disabled_at is null and tokens.revoked_at is null`)
    .where(sql<boolean>`(tokens.expires_at is null or tokens.expires_at > now())`)
    .executeTakeFirst();
  if (!row) return null;
  if (row.note_use) await noteUse(store, row.id);
  const { organisation, organisation_name: organisationName } = row;
  const common = { organisation, organisationName, session: row.id };
  if (row.person !== null && row.person_name !== null && row.role !== null) {
    return { ...common, kind: 'person', id: row.person, name: row.person_name, role: row.role, scopes: [] };
  }
  const scopes = row.scopes ?? [];
  const token = { id: row.token ?? '', name: row.token_name ?? '' };
  return { ...common, ...token, kind: 'token', role: roleOfToken(scopes), scopes };
}

async function noteUse(store: Store, id: string): Promise<void> {
  await store
    .updateTable('sessions')
    .set({ seen_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

/** Ends a session of this owner; false when it has no such session. */
export async function endSession(
  store: Store,
  organisation: string,
  owner: string,
  session: string,
): Promise<boolean> {
  const { numDeletedRows } = await store
    .deleteFrom('sessions')
    .where('organisation_id', '=', organisation)
    .where('id', '=', session)
    .where((where) => where.or([where('person_id', '=', owner), where('token_id', '=', owner)]))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends every session of a person, but for the one that is named. */
export async function endSessionsOf(
  store: Store,
  organisation: string,
  person: string,
  but: string | null,
): Promise<void> {
  let gone = store
    .deleteFrom('sessions')
    .where('organisation_id', '=', organisation)
    .where('person_id', '=', person);
  if (but !== null) gone = gone.where('id', '<>', but);
  await gone.execute();
}

/** Open sessions of this owner, the one used last first. */
export function listSessions(store: Store, organisation: string, owner: string): Promise<SessionView[]> {
  return store
    .selectFrom('sessions')
    .select(['id', 'address', 'agent', 'created_at', 'seen_at'])
    .where('organisation_id', '=', organisation)
    .where((where) => where.or([where('person_id', '=', owner), where('token_id', '=', owner)]))
    .where(sql<boolean>`expires_at > now()`)
    .orderBy('seen_at', 'desc')
    .execute();
}
