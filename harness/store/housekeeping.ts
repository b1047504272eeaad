import { sql } from 'kysely';
import type { Store } from './database.js';

/** An Idempotency-Key is remembered for a day, a silent worker for an hour. */
export async function forgetOld(store: Store): Promise<void> {
  await sql`delete from idempotency_keys where created_at < now() - interval '24 hours'`.execute(store);
  await sql`delete from tokens where expires_at < now()`.execute(store);
  await sql`delete from workers where seen_at < now() - interval '1 hour'`.execute(store);
}
