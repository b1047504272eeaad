import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Beside the blobs, so that a finished one is moved into place by a rename. */
export const scratchRoot = (blobsDir: string): string => join(blobsDir, 'tmp');

/** Removes what an intake left whose process died: everything temporary that is older than `olderThanMs`. */
export async function sweepIntake(blobsDir: string, olderThanMs: number): Promise<void> {
  const root = scratchRoot(blobsDir);
  for (const name of await readdir(root).catch(() => [])) {
    const place = join(root, name);
    const facts = await stat(place).catch(() => null);
    if (facts === null || Date.now() - facts.mtimeMs < olderThanMs) continue;
    await rm(place, { recursive: true, force: true });
  }
}
