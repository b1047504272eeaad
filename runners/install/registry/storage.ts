import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Empties a folder of fetched packages that has grown beyond `mostBytes`. All of it, as nothing tells what is wanted next, and
 * only before the program that keeps it starts. A folder that is not there is small enough.
 */
export async function clearIfTooLarge(folder: string, mostBytes: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
    if (bytes <= mostBytes) continue;
    await rm(folder, { recursive: true, force: true });
    return;
  }
}
