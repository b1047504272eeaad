import { sql } from 'kysely';
import { batched } from '../batched.js';
import type { Store } from './database.js';

/** The archives that are shared among machines through the database. Which are needed, the rows of submissions say. */

const PART_BYTES = 1024 * 1024;

/** Keeps the content under its digest; one that is there is as young as its newest owner. */
export async function keepArchive(
  store: Store,
  digest: string,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  const keep = async (tx: Store): Promise<void> => {
    const { fresh } = await tx
      .insertInto('archives')
      .values({ digest })
      .onConflict((conflict) => conflict.column('digest').doUpdateSet({ kept_at: sql<Date>`now()` }))
      .returning(sql<boolean>`xmax = 0`.as('fresh'))
      .executeTakeFirstOrThrow();
    if (!fresh) return;
    let number = 0;
    for await (const part of batched(content, PART_BYTES)) {
      await tx.insertInto('archive_parts').values({ digest, number, content: part }).execute();
      number += 1;
    }
  };
  await (store.isTransaction ? keep(store) : store.transaction().execute(keep));
}

export interface KeptArchive {
  readonly bytes: number;
  /** A part at a time, so that none is in memory as a whole. */
  readonly content: AsyncIterable<Buffer>;
}

/** Null when it is not there. */
export async function findKept(store: Store, digest: string): Promise<KeptArchive | null> {
  const { parts, bytes } = await store
    .selectFrom('archive_parts')
    .select(sql<number>`count(*)::int`.as('parts'))
    .select(sql<number>`coalesce(sum(octet_length(content)), 0)::int`.as('bytes'))
    .where('digest', '=', digest)
    .executeTakeFirstOrThrow();
  return parts === 0 ? null : { bytes, content: readParts(store, digest, parts) };
}

export const keptDigests = async (store: Store): Promise<string[]> =>
  (await store.selectFrom('archives').select('digest').orderBy('digest').execute()).map(
    ({ digest }) => digest,
  );

/** Removes those that no submission needs and that were handed in longer ago; `digests` null: of all. */
export async function dropArchives(
  store: Store,
  digests: readonly string[] | null,
  olderThanMs: number,
): Promise<void> {
  await sql`
    delete from archives a
    where (${digests === null} or a.digest = any(${digests === null ? [] : [...digests]}::text[]))
      and a.kept_at <= now() - make_interval(secs => ${olderThanMs / 1000})
      and not exists (select from submissions s where s.archive_digest = a.digest)`.execute(store);
}

async function* readParts(store: Store, digest: string, parts: number): AsyncGenerator<Buffer> {
  for (let number = 0; number < parts; number++) {
    const row = await store
      .selectFrom('archive_parts')
      .select('content')
      .where('digest', '=', digest)
      .where('number', '=', number)
      .executeTakeFirst();
    if (!row) throw new Error(`The archive ${digest} was erased while it was read.`);
    yield row.content;
  }
}
