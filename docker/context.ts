import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';

/** What goes into a tar: a text written in place, or a file or folder of this machine, followed to its end. */
export type Entry =
  | { readonly path: string; readonly text: string; readonly executable?: boolean }
  | { readonly path: string; readonly from: string };

/** Owner, times and order are the same wherever it is made; only content and the execute bit are kept. */
export function tarOf(entries: readonly Entry[]): Readable {
  const tar = pack();
  const write = async (): Promise<void> => {
    for (const entry of entries) {
      if ('text' in entry) tar.entry({ ...header(entry.path, entry.executable ?? false) }, entry.text);
      else await addTree(tar, entry.path, entry.from);
    }
    tar.finalize();
  };
  write().catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
  return Readable.from(tar, { objectMode: false });
}

async function addTree(tar: Pack, path: string, from: string): Promise<void> {
  const status = await lstat(from);
  if (status.isDirectory()) {
    tar.entry({ ...header(path, true), type: 'directory' });
    for (const name of (await readdir(from)).sort()) await addTree(tar, `${path}/${name}`, join(from, name));
  } else if (status.isSymbolicLink()) {
    tar.entry({ ...header(path, true), type: 'symlink', linkname: await readlink(from) });
  } else if (status.isFile()) {
    await addFile(tar, { ...header(path, (status.mode & 0o100) !== 0), size: status.size }, from);
  }
}

/** Small files are read whole: a stream each costs more than the copy. */
async function addFile(
  tar: Pack,
  head: ReturnType<typeof header> & { size: number },
  from: string,
): Promise<void> {
  if (head.size < 1 << 20) {
    tar.entry(head, await readFile(from));
    return;
  }
  await pipeline(createReadStream(from), tar.entry(head));
}

const header = (
  name: string,
  executable: boolean,
): { name: string; mode: number; mtime: Date; uid: number; gid: number } => ({
  name,
  mode: executable ? 0o755 : 0o644,
  mtime: new Date(0),
  uid: 0,
  gid: 0,
});
