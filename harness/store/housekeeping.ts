import { sql } from 'kysely';
import type { Store } from './database.js';

/** An Idempotency-Key is remembered for a day, a silent worker for an hour, a session and a link until they end. */
export async function forgetOld(store: Store): Promise<void> {
  await sql`delete from idempotency_keys where created_at < now() - interval '24 hours'`.execute(store);
  await sql`delete from sessions where expires_at < now()`.execute(store);
  await sql`delete from sign_in_failures where at < now() - interval '1 day'`.execute(store);
  await sql`delete from deliveries where created_at < now() - interval '30 days'`.execute(store);
  await sql`delete from links where expires_at < now()`.execute(store);
  await sql`delete from workers where seen_at < now() - interval '1 hour'`.execute(store);
}
