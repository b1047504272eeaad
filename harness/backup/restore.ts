import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { AssayerError, reasonOf } from '../errors.js';
import { blobPath, writeBlob } from '../intake/index.js';
import { keepArchive } from '../store/archives.js';
import type { Store } from '../store/database.js';
import { jsonb } from '../store/json.js';
import type { BackedUp } from './backup.js';
import type { Manifest } from './manifest.js';
import { manifestSchema } from './manifest.js';
import { migrationOf, requireNew, resumeNumbers, tablesInOrder, writeTable } from './tables.js';

/**
 * Puts a backup into a new database and state folder: all of the rows or none. The database has to be at the migration
 * that the backup was made at, so by the same version of the program.
 * @param shared whether workers on other machines are to have the archives as well
 * @throws AssayerError restoreNotEmpty, backupUnreadable, backupOfOther
 */
export function restore(store: Store, blobsDir: string, file: string, shared = false): Promise<BackedUp> {
  return store.transaction().execute(async (tx) => {
    await requireNew(tx);
    const counts = { rows: 0, blobs: 0 };
    let manifest: Manifest | null = null;
    for await (const { name, content } of entriesOf(file)) {
      if (manifest === null) manifest = await readManifest(tx, name, content);
      else if (name.startsWith('tables/')) counts.rows += await fillTable(tx, manifest, name, content);
      else if (name.startsWith('blobs/')) {
        const digest = await restoreBlob(blobsDir, name, content);
        if (shared) await keepArchive(tx, digest, createReadStream(blobPath(blobsDir, digest)));
        counts.blobs += 1;
      }
    }
    if (manifest === null) throw unreadable('it is empty');
    for (const table of manifest.tables) await resumeNumbers(tx, table);
    return counts;
  });
}

interface Entry {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

async function* entriesOf(file: string): AsyncGenerator<Entry> {
  const tar = extract();
  const read = pipeline(createReadStream(file), createGunzip(), tar).catch((error: unknown) =>
    tar.destroy(error as Error),
  );
  try {
    for await (const entry of tar) {
      yield { name: entry.header.name, content: entry as AsyncIterable<Uint8Array> };
      entry.resume();
    }
  } catch (error) {
    if (error instanceof AssayerError) throw error;
    throw unreadable(reasonOf(error));
  } finally {
    tar.destroy();
    await read;
  }
}

async function readManifest(tx: Store, name: string, content: Entry['content']): Promise<Manifest> {
  const parsed = manifestSchema.safeParse(name === 'manifest.json' ? parseJson(await text(content)) : null);
  if (!parsed.success) throw unreadable('it does not begin with a manifest');
  const here = await migrationOf(tx);
  const { migration, version } = parsed.data;
  if (migration !== here) throw new AssayerError('backupOfOther', { version, migration, here });
  return parsed.data;
}

/** `tables/<name>/<number>.json`. */
async function fillTable(
  tx: Store,
  { tables }: Manifest,
  name: string,
  content: Entry['content'],
): Promise<number> {
  const table = name.split('/')[1] ?? '';
  if (!tables.includes(table) || !(await tablesInOrder(tx)).includes(table))
    throw unreadable(`there is no table ${table}`);
  const rows = parseJson(await text(content));
  if (!Array.isArray(rows)) throw unreadable(`${name} is no list of rows`);
  await writeTable(tx, table, jsonb(rows));
  return rows.length;
}

/** Returns its digest. */
async function restoreBlob(blobsDir: string, name: string, content: Entry['content']): Promise<string> {
  const digest = /^blobs\/[0-9a-f]{2}\/([0-9a-f]{64})\.tar$/.exec(name)?.[1];
  if (digest === undefined) throw unreadable(`${name} is no archive of ours`);
  await writeBlob(blobsDir, digest, content);
  return digest;
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    throw unreadable(reasonOf(error));
  }
}

const unreadable = (reason: string): AssayerError => new AssayerError('backupUnreadable', { reason });
