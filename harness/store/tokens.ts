import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Store } from './database.js';
import { newId } from './ids.js';
import type { TokenKind } from './schema.js';

/** Who asks. */
export interface Principal {
  readonly token: string;
  readonly name: string;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes a token and returns its text, which is nowhere kept. `seconds` null: valid until it is deleted. */
export async function createToken(
  store: Store,
  token: { kind: TokenKind; name: string; seconds: number | null },
): Promise<string> {
  const secret = `asr_${randomBytes(32).toString('base64url')}`;
  await store
    .insertInto('tokens')
    .values({
      id: newId('tok'),
      kind: token.kind,
      name: token.name,
      hash: hashOf(secret),
      expires_at: token.seconds === null ? null : sql<Date>`now() + make_interval(secs => ${token.seconds})`,
    })
    .execute();
  return secret;
}

/** The owner of a valid token of one of these kinds; null for any other text. */
export async function findToken(
  store: Store,
  secret: string,
  kinds: readonly TokenKind[],
): Promise<Principal | null> {
  const row = await store
    .selectFrom('tokens')
    .select(['id', 'name'])
    .where('hash', '=', hashOf(secret))
    .where('kind', 'in', kinds)
    .where(sql<boolean>`(expires_at is null or expires_at > now())`)
    .executeTakeFirst();
  return row ? { token: row.id, name: row.name } : null;
}

/** Uses a link up: the first to come gets its owner's name, everybody after that null. */
export async function redeemLink(store: Store, secret: string): Promise<string | null> {
  const row = await store
    .deleteFrom('tokens')
    .where('hash', '=', hashOf(secret))
    .where('kind', '=', 'link')
    .where(sql<boolean>`expires_at > now()`)
    .returning('name')
    .executeTakeFirst();
  return row?.name ?? null;
}

export async function deleteToken(store: Store, id: string): Promise<void> {
  await store.deleteFrom('tokens').where('id', '=', id).execute();
}
