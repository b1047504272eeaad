import { sql } from 'kysely';
import type { Store } from './database.js';
import { newId } from './ids.js';
import { hashOf, newSecret } from './secrets.js';

/** What a one-time link is for: to sign a browser in for a token, to make the first admin, to join, to set a new password. */
export type LinkPurpose = 'signIn' | 'setUp' | 'join' | 'reset';

export interface NewLink {
  readonly purpose: LinkPurpose;
  readonly person: string | null;
  readonly token: string | null;
  readonly seconds: number;
}

export interface LinkView {
  readonly organisation: string;
  readonly person: string | null;
  readonly token: string | null;
}

/** Makes a link and returns the text that goes into it. */
export async function createLink(store: Store, organisation: string, link: NewLink): Promise<string> {
  const { secret, hash } = newSecret();
  await store
    .insertInto('links')
    .values({
      id: newId('lnk'),
      organisation_id: organisation,
      purpose: link.purpose,
      person_id: link.person,
      token_id: link.token,
      hash,
      expires_at: sql<Date>`now() + make_interval(secs => ${link.seconds})`,
    })
    .execute();
  return secret;
}

/** Looks at a link without using it up. */
export async function findLink(store: Store, purpose: LinkPurpose, secret: string): Promise<LinkView | null> {
  const row = await store
    .selectFrom('links')
    .select(['organisation_id as organisation', 'person_id as person', 'token_id as token'])
    .where('hash', '=', hashOf(secret))
    .where('purpose', '=', purpose)
    .where(sql<boolean>`expires_at > now()`)
    .executeTakeFirst();
  return row ?? null;
}

/** Uses a link up: the first to come gets what it stands for, everybody after that null. */
export async function redeemLink(
  store: Store,
  purpose: LinkPurpose,
  secret: string,
): Promise<LinkView | null> {
  const row = await store
    .deleteFrom('links')
    .where('hash', '=', hashOf(secret))
    .where('purpose', '=', purpose)
    .where(sql<boolean>`expires_at > now()`)
    .returning(['organisation_id as organisation', 'person_id as person', 'token_id as token'])
    .executeTakeFirst();
  return row ?? null;
}

/** Makes the links of a person worthless; with null, those that would set the organisation up. */
export async function forgetLinks(store: Store, organisation: string, person: string | null): Promise<void> {
  const all = store.deleteFrom('links').where('organisation_id', '=', organisation);
  const some = person === null ? all.where('purpose', '=', 'setUp') : all.where('person_id', '=', person);
  await some.execute();
}
