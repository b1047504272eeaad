import { sql } from 'kysely';
import type { Store } from './database.js';

/** What the queue is told of a run. */
export interface Publication {
  readonly run: string;
  /** With the run this names the job: one that is published twice is one job, one that was tried since is another. */
  readonly fence: number;
  readonly delayMs: number;
  /** To be run with no other beside it. */
  readonly alone: boolean;
}

/**
 * Hands waiting notes to `publish`, and forgets them when that has worked. Several processes may do so at once:
 * each note goes to one of them. Returns how many there were.
 */
export function drainOutbox(
  store: Store,
  limit: number,
  publish: (publications: readonly Publication[]) => Promise<void>,
): Promise<number> {
  return store.transaction().execute(async (tx) => {
    const { rows } = await sql<Publication & { id: string }>`
      select o.id, o.run_id as run, r.fence, r.suspect as alone, ${delay}
      from outbox o join runs r on r.id = o.run_id
      order by o.id limit ${limit}
      for update of o skip locked`.execute(tx);
    if (rows.length === 0) return 0;
    await publish(rows);
    const ids = rows.map((row) => row.id);
    await tx.deleteFrom('outbox').where('id', 'in', ids).execute();
    return rows.length;
  });
}

const delay = sql`greatest(0, ceil(extract(epoch from r.available_at - now()) * 1000))::int as "delayMs"`;

/** The runs that have waited longest without a note in the outbox: the queue should know them all. */
export async function waitingRuns(
  store: Store,
  limit: number,
  olderThanSeconds: number,
): Promise<Publication[]> {
  const { rows } = await sql<Publication>`
    select r.id as run, r.fence, r.suspect as alone, ${delay}
    from runs r
    where r.state = 'queued'
      and r.available_at < now() - make_interval(secs => ${olderThanSeconds})
      and not exists (select from outbox o where o.run_id = r.id)
    order by r.available_at, r.id limit ${limit}`.execute(store);
  return rows;
}
