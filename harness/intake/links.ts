import { posix } from 'node:path';
import { shortText } from '../../assessments/kit/index.js';
import { unsafe } from './refusal.js';
import type { TreeFile } from './tree-file.js';

export interface Link {
  readonly path: string;
  readonly target: string;
  readonly kind: 'symbolic' | 'hard';
}

/** As many links of links as an honest repository has; more is a loop. */
const MAX_HOPS = 8;

/**
 * Copies to stand in for links: of the file, or of the files below the folder, that a link leads to. Links are looked up
 * among the entries alone, never on a file system. One that leads out of the project is refused; one that leads nowhere, to
 * something that is left out, or to a folder above itself, falls away. Links inside a linked folder are not copied.
 */
export function* followLinks(
  files: ReadonlyMap<string, TreeFile>,
  links: readonly Link[],
): Generator<TreeFile> {
  const originals = new Map(files);
  const byPath = new Map(links.map((link) => [link.path, link]));
  for (const link of links) {
    const target = destination(link, byPath);
    if (target === null) continue;
    const file = originals.get(target);
    if (file !== undefined) {
      yield { ...file, path: link.path };
      continue;
    }
    const below = target === '' ? '' : `${target}/`;
    if (link.path.startsWith(below)) continue;
    for (const inside of originals.values()) {
      if (inside.path.startsWith(below)) {
        yield { ...inside, path: `${link.path}/${inside.path.slice(below.length)}` };
      }
    }
  }
}

/** The path a chain of links ends at, `` for the root; null for a loop. */
function destination(link: Link, byPath: ReadonlyMap<string, Link>): string | null {
  let at: Link | undefined = link;
  let path = link.path;
  for (let hops = 0; at !== undefined; hops += 1) {
    if (hops > MAX_HOPS) return null;
    path = resolveInside(at);
    at = byPath.get(path);
  }
  return path;
}

function resolveInside({ path, target, kind }: Link): string {
  const resolved =
    target.startsWith('/') || target.includes('\0')
      ? '..'
      : posix.normalize(kind === 'hard' ? target : posix.join(posix.dirname(path), target));
  if (resolved === '..' || resolved.startsWith('../')) {
    throw unsafe(`The link "${shortText(path)}" leads out of the project, to "${shortText(target)}".`);
  }
  return resolved === '.' ? '' : resolved.replace(/\/$/, '');
}
