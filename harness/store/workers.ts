import { sql } from 'kysely';
import type { Store } from './database.js';
import type { WorkerTable } from './schema.js';

export type WorkerSign = Pick<WorkerTable, 'id' | 'host' | 'state' | 'reason'>;

/** A worker that was silent for longer counts as gone. */
const SILENT_SECONDS = 30;

export async function signOfLife(store: Store, worker: WorkerSign): Promise<void> {
  await store
    .insertInto('workers')
    .values(worker)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ state: worker.state, reason: worker.reason, seen_at: sql<Date>`now()` }),
    )
    .execute();
}

export async function signOff(store: Store, id: string): Promise<void> {
  await store.deleteFrom('workers').where('id', '=', id).execute();
}

export function liveWorkers(store: Store): Promise<WorkerSign[]> {
  return store
    .selectFrom('workers')
    .select(['id', 'host', 'state', 'reason'])
    .where(sql<boolean>`seen_at > now() - make_interval(secs => ${SILENT_SECONDS})`)
    .orderBy('id')
    .execute();
}
