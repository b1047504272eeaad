import { sql } from 'kysely';
import type { Store } from './database.js';

/** How far back failures count. */
export const WINDOW_SECONDS = 15 * 60;

export interface FailureCounts {
  /** For this account from this address. */
  readonly pair: number;
  /** For any account from this address. */
  readonly address: number;
  /** For this account from anywhere. */
  readonly account: number;
}

export async function countFailures(store: Store, email: string, address: string): Promise<FailureCounts> {
  const row = await store
    .selectFrom('sign_in_failures')
    .select(({ fn }) => [
      fn.countAll<string>().filterWhere('email', '=', email).filterWhere('address', '=', address).as('pair'),
      fn.countAll<string>().filterWhere('address', '=', address).as('address'),
      fn.countAll<string>().filterWhere('email', '=', email).as('account'),
    ])
    .where((where) => where.or([where('email', '=', email), where('address', '=', address)]))
    .where('at', '>', sql<Date>`now() - make_interval(secs => ${WINDOW_SECONDS})`)
    .executeTakeFirstOrThrow();
  return { pair: Number(row.pair), address: Number(row.address), account: Number(row.account) };
}

export async function noteFailure(store: Store, email: string, address: string): Promise<void> {
  await store.insertInto('sign_in_failures').values({ email, address }).execute();
}

/** Somebody got in from there: what was mistyped before counts no more. */
export async function forgiveFailures(store: Store, email: string, address: string): Promise<void> {
  await store
    .deleteFrom('sign_in_failures')
    .where('email', '=', email)
    .where('address', '=', address)
    .execute();
}
