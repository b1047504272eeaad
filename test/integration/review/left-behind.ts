import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Redis } from 'ioredis';
import { sql } from 'kysely';
import { takeIn } from '../../../harness/intake/index.js';
import type { Store } from '../../../harness/store/database.js';
import { tarGz } from '../support/archive.js';

/** Keeps an archive that holds this text. Returns its digest. */
export async function keepArchive(blobsDir: string, text: string): Promise<string> {
  const stream = Readable.from([await tarGz({ 'package.json': '{"name":"x"}', 'server.js': `// ${text}` })]);
  const taken = await takeIn({ kind: 'archiveStream', stream }, { blobsDir });
  if (!taken.ok) throw new Error(taken.verdict.message);
  return taken.value.digest;
}

/** Every table whose rows hold the text somewhere. */
export async function tablesThatHold(store: Store, text: string): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(store);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } =
      await sql`select 1 from ${sql.table(name)} t where t::text like ${`%${text}%`} limit 1`.execute(store);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

export async function filesThatHold(dir: string, text: string): Promise<string[]> {
  const paths = (await readdir(dir, { recursive: true })).map((name) => join(dir, name));
  const found: string[] = [];
  for (const path of paths) {
    if ((await stat(path)).isFile() && (await readFile(path)).includes(text)) found.push(path);
  }
  return found;
}

/** Everything in Redis, as text. */
export async function redisText(redis: Redis): Promise<string> {
  const keys = await redis.keys('*');
  const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
  return [...keys, ...dumps.map((dump) => dump?.toString('latin1'))].join('\n');
}
