import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Pack } from 'tar-stream';
import { pack as tarPack } from 'tar-stream';
import { blobPath, listBlobs } from '../intake/index.js';
import { findKept, keptDigests, type KeptArchive } from '../store/archives.js';
import type { Store } from '../store/database.js';
import { programVersion } from '../version.js';
import type { Manifest } from './manifest.js';
import { migrationOf, readTable, tablesInOrder } from './tables.js';

export interface BackedUp {
  readonly rows: number;
  readonly blobs: number;
}

/**
 * Writes everything that cannot be made again, database and archives, into one `.tar.gz`. The server may go on meanwhile: the
 * rows are those of one moment, and archives never change. The queue needs none; it is told anew by the database.
 */
export async function backUp(store: Store, blobsDir: string, file: string): Promise<BackedUp> {
  const partial = `${file}.part`;
  const tar = tarPack();
  const written = pipeline(tar, createGzip(), createWriteStream(partial, { mode: 0o600 }));
  try {
    const fill = async (): Promise<BackedUp> => {
      const rows = await addTables(store, tar);
      const blobs = await addBlobs(store, blobsDir, tar);
      tar.finalize();
      return { rows, blobs };
    };
    // A disk that is full ends the writing, and then nobody would ever take what is being filled in.
    const [result] = await Promise.all([Promise.race([fill(), written.then(neverFirst)]), written]);
    await rename(partial, file);
    return result;
  } catch (error) {
    tar.destroy();
    await written.catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

const neverFirst = (): Promise<never> => new Promise(() => undefined);

const addTables = (store: Store, tar: Pack): Promise<number> =>
  inOneMoment(store).execute(async (tx) => {
    const tables = await tablesInOrder(tx);
    const manifest: Manifest = {
      format: 'assayer-backup/1',
      version: programVersion(),
      migration: await migrationOf(tx),
      madeAt: new Date().toISOString(),
      tables,
    };
    await add(tar, 'manifest.json', JSON.stringify(manifest));
    let count = 0;
    for (const table of tables) {
      let chunk = 0;
      for await (const rows of readTable(tx, table)) {
        await add(tar, `tables/${table}/${(chunk += 1)}.json`, `[${rows.join(',\n')}]`);
        count += rows.length;
      }
    }
    return count;
  });

/** Waits until there is room, so that a large database is never held in memory. */
const add = (tar: Pack, name: string, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    tar.entry({ name, mode: 0o600 }, text, (error) => (error ? reject(error) : resolve()));
  });

async function addBlobs(store: Store, blobsDir: string, tar: Pack): Promise<number> {
  const files = await filesIn(blobsDir);
  const digests = [...new Set([...files.keys(), ...(await keptDigests(store))])];
  let count = 0;
  for (const digest of digests) {
    // One that retention takes away meanwhile is gone on purpose.
    const add = async (found: KeptArchive | null): Promise<void> => {
      if (!found) return;
      const name = `blobs/${digest.slice(0, 2)}/${digest}.tar`;
      await pipeline(found.content, tar.entry({ name, size: found.bytes, mode: 0o600 }));
      count += 1;
    };
    const path = files.get(digest);
    const file = path === undefined ? null : await fromFile(path);
    if (file) await add(file);
    else await inOneMoment(store).execute(async (tx) => add(await findKept(tx, digest)));
  }
  return count;
}

/** What others remove meanwhile stays until the end of it. */
const inOneMoment = (store: Store) =>
  store.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');

/** Digest to path. */
async function filesIn(blobsDir: string): Promise<Map<string, string>> {
  const digests = await listBlobs(blobsDir, 0);
  return new Map(digests.map((digest) => [digest, blobPath(blobsDir, digest)]));
}

async function fromFile(path: string): Promise<KeptArchive | null> {
  const facts = await stat(path).catch(() => null);
  return (
    facts && { bytes: facts.size, content: createReadStream(path, { end: Math.max(0, facts.size - 1) }) }
  );
}
