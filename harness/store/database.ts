import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { AssayerError } from '../errors.js';
import { whyUnreachable } from '../unreachable.js';
import type { Schema } from './schema.js';

export type Store = Kysely<Schema>;

export interface StoreOptions {
  readonly url: string;
  /** Connections at most. */
  readonly connections: number;
  /** Of these, so many stay open while nothing is asked: opening one takes longer than most pages. None unless it is said. */
  readonly kept?: number;
}

/** A pool of connections; nothing is opened before the first query. */
export function openStore({ url, connections, kept = 0 }: StoreOptions): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    min: kept,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    // A statement of ours takes milliseconds; past this, something is stuck, and waiting helps nobody.
    statement_timeout: 30_000,
    query_timeout: 35_000,
    application_name: 'assayer',
  });
  // A connection that breaks fails its query, or is replaced before the next one; without listeners, of the pool for idle
  // connections and of each connection for one that is in a transaction, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** Codes by which the network or PostgreSQL say that there is no database to talk to: class 08, shutdown, too many connections. */
const UNAVAILABLE =
  /^(ECONN\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOTFOUND|EAI_AGAIN|08...|57P0[1-5]|53300|53100|53200|25006)$/;
const UNAVAILABLE_WORDS =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|not queryable/i;

/** Whether this came of a database that does not answer, rather than of a wrong statement. */
export function isStoreUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  // What connecting to a name with several addresses ends in.
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isStoreUnavailable);
  const { code, message } = error as { code?: unknown; message?: unknown };
  return UNAVAILABLE.test(String(code)) || UNAVAILABLE_WORDS.test(String(message));
}

/** Wrong password or user, no such database, no right to do that. */
const TURNED_AWAY = /^(28\w{3}|3D000|42501)$/;

/** What a person is told of a database that does not answer or turns us away; null of any other error. */
export function storeFault(error: unknown): AssayerError | null {
  const because = { reason: whyUnreachable('DATABASE_URL', error).replace(/\.$/, '') };
  if (isStoreUnavailable(error)) return new AssayerError('storeUnavailable', because, { cause: error });
  const { code } = Object(error) as { code?: unknown };
  return TURNED_AWAY.test(String(code)) ? new AssayerError('storeRefused', because, { cause: error }) : null;
}
