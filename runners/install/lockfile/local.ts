import { posix } from 'node:path';
import { isObject, stringMap, type JsonObject } from '../plan/manifest.js';
import { localPath, specKind } from './specs.js';

const SPEC_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;
const PINNING_FIELDS = ['overrides', 'resolutions'] as const;

/** Every version text in a manifest, with the name it is for. */
export function* specsOf(manifest: JsonObject): Generator<readonly [string, string]> {
  for (const field of SPEC_FIELDS) yield* stringMap(manifest[field]);
  for (const field of PINNING_FIELDS) yield* nestedSpecs(manifest[field]);
  const pnpm = manifest['pnpm'];
  if (isObject(pnpm)) yield* nestedSpecs(pnpm['overrides']);
}

function* nestedSpecs(value: unknown, depth = 0): Generator<readonly [string, string]> {
  if (!isObject(value) || depth > 10) return;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string') yield [name, inner];
    else yield* nestedSpecs(inner, depth + 1);
  }
}

/** A path written in `folder`, seen from the root of the submission; null when it leads out. */
export function insideRepo(folder: string, path: string): string | null {
  if (/^[/~\\]/.test(path) || path.includes('\0')) return null;
  const full = posix.normalize(posix.join(folder, path)).replace(/\/$/, '').replace(/^\.$/, '');
  return full === '..' || full.startsWith('../') ? null : full;
}

/**
 * Files of packages in the repo that others depend on by path: a folder's package.json, or a packed tarball.
 * @param whole folders with all their files: pnpm and yarn copy them where npm makes a link
 */
export function localFiles(
  manifests: ReadonlyMap<string, JsonObject>,
  paths: readonly string[],
  whole: boolean,
): readonly string[] {
  const there = new Set(paths);
  const found = new Set<string>();
  for (const [folder, manifest] of manifests) {
    for (const [, spec] of specsOf(manifest)) {
      const target = specKind(spec) === 'local' ? insideRepo(folder, localPath(spec)) : null;
      if (target === null || target === '') continue;
      if (there.has(`${target}/package.json`)) {
        found.add(`${target}/package.json`);
        if (whole) for (const path of paths) if (path.startsWith(`${target}/`)) found.add(path);
      } else if (there.has(target) && /\.(?:tgz|tar\.gz)$/.test(target)) found.add(target);
    }
  }
  return [...found].sort();
}
