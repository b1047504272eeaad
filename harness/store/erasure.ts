import { sql } from 'kysely';
import type { Actor } from '../accounts/principal.js';
import { recordAudit } from './audit.js';
import type { Store } from './database.js';
import type { ErasureCause } from './schema-review.js';

/** What is left outside of the database when the rows are gone. */
export interface Remains {
  readonly submission: string;
  readonly runs: readonly { readonly run: string; readonly fence: number }[];
  /** SHA-256 of the stored archive; null when there is none. */
  readonly archive: string | null;
}

/**
 * Deletes a submission with everything that hangs on it, and keeps a tombstone: that there was one, and nothing of it. A
 * run that goes on loses its lease by it and stops. Null when there is no such submission.
 */
export async function eraseRows(
  tx: Store,
  actor: Actor,
  submission: string,
  cause: ErasureCause,
): Promise<Remains | null> {
  const row = await tx
    .selectFrom('submissions')
    .select(['assessment_id', 'created_at', 'archive_digest'])
    .where('organisation_id', '=', actor.organisation)
    .where('id', '=', submission)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const runs = await tx
    .selectFrom('runs')
    .select(['id as run', 'fence'])
    .where('submission_id', '=', submission)
    .execute();
  await tx
    .insertInto('tombstones')
    .values({
      submission_id: submission,
      organisation_id: actor.organisation,
      assessment_id: row.assessment_id,
      submitted_at: row.created_at,
      cause,
    })
    .execute();
  await tx.deleteFrom('submissions').where('id', '=', submission).execute();
  await recordAudit(tx, actor, { action: 'submission.erased', subject: submission, details: { cause } });
  return { submission, runs, archive: row.archive_digest };
}

/** Takes a candidate out altogether: the name, the link, and all that was handed in by it. */
export function withdraw(store: Store, actor: Actor, invite: string): Promise<Remains[]> {
  return store.transaction().execute(async (tx) => {
    const withdrawn = await tx
      .updateTable('invites')
      .set({ candidate: null, withdrawn_at: sql<Date>`now()` })
      .where('organisation_id', '=', actor.organisation)
      .where('id', '=', invite)
      .where('withdrawn_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!withdrawn) return [];
    const submissions = await tx
      .selectFrom('submissions')
      .select('id')
      .where('invite_id', '=', invite)
      .orderBy('id')
      .execute();
    const remains: Remains[] = [];
    for (const { id } of submissions) {
      const erased = await eraseRows(tx, actor, id, 'candidate');
      if (erased) remains.push(erased);
    }
    await recordAudit(tx, actor, { action: 'invite.withdrawn', subject: invite });
    return remains;
  });
}

export interface Overdue {
  readonly organisation: string;
  readonly submission: string;
}

/** Submissions that are kept longer than their organisation's policy says, the oldest first. */
export function overdue(store: Store, limit: number): Promise<Overdue[]> {
  return store
    .selectFrom('submissions as s')
    .innerJoin('organisations as o', 'o.id', 's.organisation_id')
    .select(['o.id as organisation', 's.id as submission'])
    .where(sql<boolean>`s.created_at < now() - make_interval(days => o.keep_days)`)
    .orderBy('s.id')
    .limit(limit)
    .execute();
}

/** Forgets invites that closed as long ago, once nothing that was handed in by them is left. */
export async function forgetInvites(store: Store): Promise<void> {
  await sql`
    delete from invites i using organisations o
    where o.id = i.organisation_id
      and i.deadline + make_interval(mins => i.extra_minutes) < now() - make_interval(days => o.keep_days)
      and not exists (select from submissions s where s.invite_id = i.id)`.execute(store);
}

/** Of these archives those that no submission needs. */
export async function unneeded(store: Store, digests: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ digest: string }>`
    select digest from unnest(${[...digests]}::text[]) as digest
    where not exists (select from submissions s where s.archive_digest = digest)`.execute(store);
  return rows.map(({ digest }) => digest);
}

export interface Tombstone {
  readonly submission: string;
  readonly assessment: string;
  readonly submittedAt: Date;
  readonly erasedAt: Date;
  readonly cause: ErasureCause;
}

export async function findTombstone(
  store: Store,
  organisation: string,
  submission: string,
): Promise<Tombstone | null> {
  const row = await store
    .selectFrom('tombstones')
    .select([
      'submission_id as submission',
      'assessment_id as assessment',
      'submitted_at as submittedAt',
      'erased_at as erasedAt',
      'cause',
    ])
    .where('organisation_id', '=', organisation)
    .where('submission_id', '=', submission)
    .executeTakeFirst();
  return row ?? null;
}
