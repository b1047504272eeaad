import { shortText } from '../../../assessments/kit/index.js';
import { parseJsonObject, type JsonObject } from '../plan/manifest.js';
import { RELAY_URL } from '../relay/protocol.js';
import { insideRepo, specsOf } from './local.js';
import { localPath, specKind } from './specs.js';

/** More packages than an exercise needs. A large framework with its tools has about 1,500. */
export const MAX_PACKAGES = 3000;

/** What a lockfile is judged against. */
export interface LockContext {
  /** Path of the lockfile, for messages. */
  readonly file: string;
  /** Folder of the lockfile, seen from the root of the submission. */
  readonly folder: string;
  /** All paths of the submission. */
  readonly paths: ReadonlySet<string>;
}

/** A dependency that is not taken. Ends the reading of a lockfile from within; `index.ts` makes a verdict of it. */
export class DependencyRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DependencyRefused';
  }
}

const nameOf = (name: string): string => `"${shortText(name, 80)}"`;

export const notFromRegistry = (where: string, name: string, spec: string): DependencyRefused =>
  new DependencyRefused(
    `${where} takes ${nameOf(name)} from "${shortText(spec, 80)}". Only packages of the npm registry are installed; depend on a published version.`,
  );

export const outsideRepo = (where: string, name: string, path: string): DependencyRefused =>
  new DependencyRefused(
    `${where} takes ${nameOf(name)} from the path "${shortText(path, 80)}", which is no package of this submission. Submit it too, or depend on a published version.`,
  );

export const withoutIntegrity = (where: string, name: string): DependencyRefused =>
  new DependencyRefused(
    `${where} has no integrity for ${nameOf(name)}. Delete the lockfile and node_modules, install again and commit the new lockfile.`,
  );

export const tooMany = (where: string, count: number): DependencyRefused =>
  new DependencyRefused(
    `${where} lists ${count} packages; at most ${MAX_PACKAGES} are installed. Remove dependencies that the service does not need.`,
  );

export const unreadable = (where: string, why: string): DependencyRefused =>
  new DependencyRefused(
    `${where} cannot be read (${shortText(why)}). Make it anew with your package manager and commit it.`,
  );

/** Holds every version text of a package.json to the registry and to the submission's own folders. */
export function checkManifest(
  path: string,
  folder: string,
  manifest: JsonObject,
  context: LockContext,
): void {
  const specs = [...specsOf(manifest)];
  if (specs.length > MAX_PACKAGES) throw tooMany(path, specs.length);
  for (const [name, spec] of specs) {
    switch (specKind(spec)) {
      case 'registry':
        break;
      case 'remote':
        throw notFromRegistry(path, name, spec);
      case 'local':
        checkLocal(path, folder, name, localPath(spec), context);
    }
  }
}

/** A path must lead to a package.json or a packed tarball of the submission. */
export function checkLocal(
  where: string,
  folder: string,
  name: string,
  path: string,
  context: LockContext,
): void {
  const target = insideRepo(folder, path);
  const found =
    target !== null &&
    (context.paths.has(target === '' ? 'package.json' : `${target}/package.json`) ||
      (/\.(?:tgz|tar\.gz)$/.test(target) && context.paths.has(target)));
  if (!found) throw outsideRepo(where, name, path);
}

/** Where the registry has a version. All lockfiles are rewritten to it, whatever host or path they name. */
export function tarballUrl(name: string, version: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1);
  return `${RELAY_URL}${name}/-/${base}-${version.replace(/\+.*$/, '')}.tgz`;
}

export const isPackageName = (name: string): boolean =>
  /^(?:@[\w.~-]+\/)?[\w.~-]+$/.test(name) && name.length < 215;
export const isVersion = (text: unknown): text is string =>
  typeof text === 'string' && /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(text);

export function parsedJson(text: string, file: string): JsonObject {
  try {
    return parseJsonObject(text);
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error));
  }
}
