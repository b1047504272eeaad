import type { Store } from './database.js';
import { newId } from './ids.js';

/** A webhook of a code host, by which a push becomes a submission. */
export interface IntakeView {
  readonly id: string;
  readonly assessment: string;
  readonly created_at: Date;
}

/** With what its messages are checked. */
export interface IntakeSecret {
  readonly organisation: string;
  readonly assessment: string;
  readonly secret: string;
}

export async function addIntake(
  store: Store,
  organisation: string,
  intake: { readonly assessment: string; readonly secret: string; readonly createdBy: string },
): Promise<string> {
  const id = newId('itk');
  const { assessment, secret, createdBy } = intake;
  await store
    .insertInto('intakes')
    .values({ id, organisation_id: organisation, assessment_id: assessment, secret, created_by: createdBy })
    .execute();
  return id;
}

export const listIntakes = (store: Store, organisation: string): Promise<IntakeView[]> =>
  store
    .selectFrom('intakes')
    .select(['id', 'assessment_id as assessment', 'created_at'])
    .where('organisation_id', '=', organisation)
    .orderBy('id', 'desc')
    .execute();

export async function deleteIntake(store: Store, organisation: string, id: string): Promise<boolean> {
  const mine = store.deleteFrom('intakes').where('organisation_id', '=', organisation).where('id', '=', id);
  return (await mine.executeTakeFirst()).numDeletedRows > 0n;
}

/** Whose a message is that came in under this id, whoever sent it: only its signature says more. */
export async function findIntakeSecret(store: Store, id: string): Promise<IntakeSecret | null> {
  const row = await store
    .selectFrom('intakes')
    .select(['organisation_id as organisation', 'assessment_id as assessment', 'secret'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** The submission that this sender made of this source before. */
export async function findSent(
  store: Store,
  organisation: string,
  sender: string,
  source: string,
): Promise<string | null> {
  const row = await store
    .selectFrom('submissions')
    .select('id')
    .where('organisation_id', '=', organisation)
    .where('submitted_by', '=', sender)
    .where('source', '=', source)
    .executeTakeFirst();
  return row?.id ?? null;
}
