import { sql } from 'kysely';
import type { Principal } from '../accounts/principal.js';
import type { Scope } from '../accounts/roles.js';
import { roleOfToken } from '../accounts/roles.js';
import type { Store } from './database.js';
import { newId } from './ids.js';
import { hashOf, newSecret } from './secrets.js';

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Null: valid until it is revoked. */
  readonly seconds: number | null;
  /** Id of the person or token that made it. */
  readonly createdBy: string | null;
}

/** A token as it is listed; its text is nowhere kept. */
export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly scopes: Scope[];
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

/** Makes a token and returns its text, to be shown once. */
export async function createToken(
  store: Store,
  organisation: string,
  token: NewToken,
): Promise<{ readonly id: string; readonly secret: string }> {
  const { secret, hash } = newSecret();
  const id = newId('tok');
  await store
    .insertInto('tokens')
    .values({
      id,
      organisation_id: organisation,
      name: token.name,
      scopes: [...token.scopes],
      hash,
      created_by: token.createdBy,
      expires_at: token.seconds === null ? null : sql<Date>`now() + make_interval(secs => ${token.seconds})`,
    })
    .execute();
  return { id, secret };
}

/** The owner of a valid token; null for any other text. Notes that it was used, to the minute. */
export async function findToken(store: Store, secret: string): Promise<Principal | null> {
  const row = await owners(store).where('hash', '=', hashOf(secret)).executeTakeFirst();
  if (!row) return null;
  if (row.note_use) await noteUse(store, row.id);
  return toPrincipal(row);
}

/** For a link that stands for a token. */
export async function findTokenById(
  store: Store,
  organisation: string,
  id: string,
): Promise<Principal | null> {
  const mine = owners(store).where('tokens.organisation_id', '=', organisation).where('tokens.id', '=', id);
  const row = await mine.executeTakeFirst();
  return row ? toPrincipal(row) : null;
}

const owners = (store: Store) =>
  store
    .selectFrom('tokens')
    .innerJoin('organisations as o', 'o.id', 'tokens.organisation_id')
    .select(['tokens.id', 'tokens.name', 'scopes', 'o.id as organisation', 'o.name as organisation_name'])
    .select(sql<boolean>`coalesce(last_used_at < now() - interval '1 minute', true)`.as('note_use'))
    .where(valid);

type Owner = Awaited<ReturnType<ReturnType<typeof owners>['executeTakeFirstOrThrow']>>;

const toPrincipal = ({ organisation, organisation_name, id, name, scopes }: Owner): Principal => ({
  organisation,
  organisationName: organisation_name,
  kind: 'token',
  id,
  name,
  role: roleOfToken(scopes),
  scopes,
  session: null,
});

/** Whether a token still counts. */
const valid = sql<boolean>`(tokens.revoked_at is null and (tokens.expires_at is null or tokens.expires_at > now()))`;

async function noteUse(store: Store, id: string): Promise<void> {
  await store
    .updateTable('tokens')
    .set({ last_used_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

/** Valid ones, newest first. */
export function listTokens(store: Store, organisation: string): Promise<TokenView[]> {
  return store
    .selectFrom('tokens')
    .select(['id', 'name', 'scopes', 'created_at', 'expires_at', 'last_used_at'])
    .where('organisation_id', '=', organisation)
    .where(valid)
    .orderBy('id', 'desc')
    .execute();
}

/** From now on it is worth nothing, nor are the browser sessions that it opened. False when there is no such valid token. */
export async function revokeToken(store: Store, organisation: string, id: string): Promise<boolean> {
  const row = await store
    .updateTable('tokens')
    .set({ revoked_at: sql<Date>`now()` })
    .where('organisation_id', '=', organisation)
    .where('id', '=', id)
    .where(valid)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
