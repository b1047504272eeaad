import { sql } from 'kysely';
import { AssayerError } from '../errors.js';
import type { Store } from '../store/database.js';
import { migrationsOf } from '../store/migrate.js';

/** The migrator's own, which the program that restores makes itself, and archives, which a backup has as files. */
const LEFT_OUT = /^(kysely_|archives$|archive_parts$)/;

/**
 * Every table, those that others refer to before those that refer to them. References that are checked at the end of a
 * transaction do not count: they may go in circles.
 */
export async function tablesInOrder(store: Store): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name`.execute(store);
  const { rows: references } = await sql<{ from: string; to: string }>`
    select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
    where contype = 'f' and not condeferrable and conrelid <> confrelid`.execute(store);
  const left = new Set(tables.map(({ name }) => name).filter((name) => !LEFT_OUT.test(name)));
  const ordered: string[] = [];
  while (left.size > 0) {
    const free = [...left].filter(
      (name) => !references.some(({ from, to }) => from === name && left.has(to)),
    );
    if (free.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left].join(', ')}`);
    ordered.push(...free);
    for (const name of free) left.delete(name);
  }
  return ordered;
}

/** The name of the last migration. */
export const migrationOf = async (store: Store): Promise<string> =>
  (await migrationsOf(store)).at(-1) ?? 'none';

/** Rows of one chunk: few, since a scorecard may be a megabyte. */
const CHUNK = 20;

/** All rows of a table as JSON texts, a chunk at a time; inside the transaction of `store`. */
export async function* readTable(store: Store, table: string): AsyncGenerator<string[]> {
  const cursor = sql.id(`backup_${table}`);
  await sql`declare ${cursor} no scroll cursor for select to_jsonb(t)::text as row from ${sql.id(table)} t`.execute(
    store,
  );
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.raw(String(CHUNK))} from ${cursor}`.execute(
      store,
    );
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
  }
  await sql`close ${cursor}`.execute(store);
}

export async function writeTable(store: Store, table: string, rows: string): Promise<void> {
  const name = sql.id(table);
  await sql`
    insert into ${name} overriding system value
    select * from jsonb_populate_recordset(null::${name}, ${rows}::jsonb)`.execute(store);
}

/** Numbers that the database gives go on after the highest that is there. */
export async function resumeNumbers(store: Store, table: string): Promise<void> {
  const { rows } = await sql<{ column: string }>`
    select column_name as column from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} and is_identity = 'YES'`.execute(store);
  for (const { column } of rows) {
    await sql`
      select setval(pg_get_serial_sequence(${table}, ${column}), max(${sql.id(column)}))
      from ${sql.id(table)} having max(${sql.id(column)}) is not null`.execute(store);
  }
}

/** Removes what migrations put into a new database. @throws AssayerError restoreNotEmpty when there is more than that */
export async function requireNew(store: Store): Promise<void> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from submissions) or exists (select from people) or exists (select from audit_log) as used`.execute(
    store,
  );
  if (rows[0]?.used) throw new AssayerError('restoreNotEmpty', {});
  for (const table of [...(await tablesInOrder(store))].reverse()) {
    if (table !== 'audit_log') await sql`delete from ${sql.id(table)}`.execute(store);
  }
}
