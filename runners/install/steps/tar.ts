import { pack } from 'tar-stream';
import { Readable } from 'node:stream';

/** A tar of a few small files, for a container's standard input. */
export function tarOf(files: ReadonlyMap<string, Buffer>): Readable {
  const tar = pack();
  for (const [name, content] of files) tar.entry({ name, mode: 0o644, mtime: new Date(0) }, content);
  tar.finalize();
  return Readable.from(tar);
}
