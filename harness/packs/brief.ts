import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack as tarPack } from 'tar-stream';
import type { Pack } from '../../assessments/kit/index.js';

/** What a candidate is given, from a pack's folder `brief`. Null where the pack has no such file. */

type Folder = Pick<Pack, 'dir'>;

const read = ({ dir }: Folder, file: string): Promise<string | null> =>
  readFile(join(dir, 'brief', file), 'utf8').catch(() => null);

/** Markdown. */
export const readBrief = (pack: Folder): Promise<string | null> => read(pack, 'README.md');

/** OpenAPI, as YAML. */
export const readContract = (pack: Folder): Promise<string | null> => read(pack, 'openapi.yaml');

/** Where a file of `brief` stands in the archive: the starter is the root, and its README is its own. */
const placeOf = (path: string): string =>
  path === 'README.md' ? 'BRIEF.md' : path.replace(/^starter\//, '');

/**
 * The starter with brief and contract beside it, as `.tar.gz` with one folder. The same pack gives the same bytes.
 */
export async function starterArchive({ dir, spec }: Pick<Pack, 'dir' | 'spec'>): Promise<Buffer> {
  const brief = join(dir, 'brief');
  const tar = tarPack();
  for (const path of await filesUnder(brief)) {
    const content = await readFile(join(brief, path));
    tar.entry({ name: `${spec.id}/${placeOf(path)}`, mode: 0o644, mtime: new Date(0) }, content);
  }
  tar.finalize();
  return buffer(tar.pipe(createGzip()));
}

/** Paths from the folder with `/`, sorted. What somebody installed to try the starter is no part of it. */
async function filesUnder(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').includes('node_modules'))
    .sort();
}
