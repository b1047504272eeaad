import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { blobPath } from './blob.js';

/** Removes the archive of that digest; one that is not there is removed already. */
export async function removeBlob(blobsDir: string, digest: string): Promise<void> {
  await rm(blobPath(blobsDir, digest), { force: true });
}

/** For how long the archive has lain there since it was last handed in, milliseconds; null when it is not there. */
export async function blobAge(blobsDir: string, digest: string): Promise<number | null> {
  const facts = await stat(blobPath(blobsDir, digest)).catch(() => null);
  return facts && Date.now() - facts.mtimeMs;
}

/** Digests of the archives on this machine that were last handed in longer ago than `olderThanMs`. */
export async function listBlobs(blobsDir: string, olderThanMs: number): Promise<string[]> {
  const old: string[] = [];
  for (const name of await readdir(blobsDir, { recursive: true }).catch(() => [])) {
    const digest = /^[0-9a-f]{2}\/([0-9a-f]{64})\.tar$/.exec(name)?.[1];
    if (digest === undefined) continue;
    const facts = await stat(join(blobsDir, name)).catch(() => null);
    if (facts && Date.now() - facts.mtimeMs >= olderThanMs) old.push(digest);
  }
  return old;
}
