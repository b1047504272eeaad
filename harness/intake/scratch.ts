import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Beside the blobs, so that a finished one is moved into place by a rename. */
const scratchRoot = (blobsDir: string): string => join(blobsDir, 'tmp');

/** The temporary folder of one intake. Most need none: it is made when first asked for. */
export class Scratch {
  #made: Promise<string> | null = null;

  constructor(private readonly blobsDir: string) {}

  /** Where a temporary file of that name may be made. */
  async path(name: string): Promise<string> {
    this.#made ??= this.#make();
    return join(await this.#made, name);
  }

  async remove(): Promise<void> {
    if (this.#made !== null) await rm(await this.#made, { recursive: true, force: true });
  }

  async #make(): Promise<string> {
    const dir = join(scratchRoot(this.blobsDir), randomUUID());
    await mkdir(dir, { recursive: true });
    return dir;
  }
}

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
