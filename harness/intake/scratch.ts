import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Beside the blobs, so that a finished one is moved into place by a rename. */
const scratchRoot = (blobsDir: string): string => join(blobsDir, 'tmp');

/** The temporary files and folders of one intake. No folder of its own: thousands of small archives come in a burst. */
export class Scratch {
  readonly #id = randomUUID();
  readonly #given = new Set<string>();

  constructor(private readonly blobsDir: string) {}

  /** Where a temporary file or folder of that name may be made. */
  async path(name: string): Promise<string> {
    const root = scratchRoot(this.blobsDir);
    await mkdir(root, { recursive: true });
    const path = join(root, `${this.#id}.${name}`);
    this.#given.add(path);
    return path;
  }

  async remove(): Promise<void> {
    for (const path of this.#given) await rm(path, { recursive: true, force: true });
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
