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

/** What an organisation decides for itself. */
export interface OrganisationSettings {
  readonly name: string;
  /** Names of candidates are hidden until a decision is recorded. */
  readonly blindReview: boolean;
  /** After so many days a submission is erased; null keeps it until somebody does. */
  readonly keepDays: number | null;
}

export const readSettings = (store: Store, organisation: string): Promise<OrganisationSettings> =>
  store
    .selectFrom('organisations')
    .select(['name', 'blind_review as blindReview', 'keep_days as keepDays'])
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow();

export async function writeSettings(
  store: Store,
  organisation: string,
  { name, blindReview, keepDays }: OrganisationSettings,
): Promise<void> {
  await store
    .updateTable('organisations')
    .set({ name, blind_review: blindReview, keep_days: keepDays })
    .where('id', '=', organisation)
    .execute();
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
