import { sql } from 'kysely';
import type { Store } from './database.js';
import { newId } from './ids.js';

/** The organisation that every installation begins with. */
export const DEFAULT_ORGANISATION = 'org-default';

export async function addOrganisation(store: Store, name: string): Promise<string> {
  const id = newId('org');
  await store.insertInto('organisations').values({ id, name }).execute();
  return id;
}

/** What an organisation is called. */
export interface OrganisationView {
  readonly id: string;
  readonly name: string;
}

export const findOrganisation = (store: Store, organisation: string): Promise<OrganisationView> =>
  store
    .selectFrom('organisations')
    .select(['id', 'name'])
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow();

/** Lets nobody else change it before the transaction ends. */
export async function holdOrganisation(tx: Store, organisation: string): Promise<void> {
  await tx.selectFrom('organisations').select('id').where('id', '=', organisation).forNoKeyUpdate().execute();
}

export async function renameOrganisation(store: Store, organisation: string, name: string): Promise<void> {
  await store.updateTable('organisations').set({ name }).where('id', '=', organisation).execute();
}

/** Whether nobody can sign in to it yet. */
export async function isEmpty(store: Store, organisation: string): Promise<boolean> {
  const row = await store
    .selectFrom('people')
    .select(sql`1`.as('one'))
    .where('organisation_id', '=', organisation)
    .executeTakeFirst();
  return row === undefined;
}
