import { dump } from 'js-yaml';
import { isObject, type JsonObject } from '../plan/manifest.js';
import { parsedYaml } from '../plan/workspaces.js';
import { insideRepo } from './local.js';
import {
  checkLocal,
  MAX_PACKAGES,
  notFromRegistry,
  outsideRepo,
  tooMany,
  unreadable,
  withoutIntegrity,
  type LockContext,
} from './policy.js';

/** The judged copy of a pnpm-lock.yaml. It names no hosts but for packages of other registries: those names are taken out. */
export function cleanPnpmLock(text: string, context: LockContext): string {
  const lock = parsedYaml(text);
  if (!isObject(lock)) throw unreadable(context.file, 'it is no YAML map');
  checkImporters(lock, context);
  const packages = isObject(lock['packages']) ? lock['packages'] : {};
  const entries = Object.entries(packages);
  if (entries.length > MAX_PACKAGES) throw tooMany(context.file, entries.length);

  const cleaned = entries.map(([key, entry]) => [key, cleanPackage(key, entry, context)] as const);
  const changed = cleaned.some(([key, entry]) => entry !== packages[key]);
  return changed ? dump({ ...lock, packages: Object.fromEntries(cleaned) }) : text;
}

/** Names and versions are far shorter. */
const MAX_KEY = 1000;

function cleanPackage(key: string, entry: unknown, context: LockContext): unknown {
  const { file, folder } = context;
  if (key.length > MAX_KEY) throw unreadable(file, 'it has a key that is too long');
  const resolution = isObject(entry) ? entry['resolution'] : null;
  if (!isObject(entry) || !isObject(resolution)) throw unreadable(file, `"${key}" has no resolution`);
  const { integrity, tarball, directory, type } = resolution;
  if (typeof directory === 'string') {
    checkLocal(file, folder, key, directory, context);
    return entry;
  }
  const address = typeof tarball === 'string' ? tarball : '';
  if (type !== undefined || 'repo' in resolution || 'commit' in resolution) {
    throw notFromRegistry(file, key, String(resolution['repo'] ?? type));
  }
  if (address.startsWith('file:')) {
    checkLocal(file, folder, key, address.slice('file:'.length), context);
    return entry;
  }
  // The key of a registry's package is its name and version; that of anything else is an address.
  if (/:\/\/|^[^@/]+\.[^@/]+\//.test(key)) throw notFromRegistry(file, key, address || key);
  if (typeof integrity !== 'string' || integrity === '') throw withoutIntegrity(file, key);
  return address === '' ? entry : { ...entry, resolution: { integrity } };
}

/** Workspaces and what they link to must be folders of the submission. */
function checkImporters(lock: JsonObject, { file, folder }: LockContext): void {
  const importers = isObject(lock['importers']) ? lock['importers'] : {};
  for (const [name, importer] of Object.entries(importers)) {
    const own = insideRepo(folder, name);
    if (own === null) throw outsideRepo(file, name, name);
    for (const version of linkedVersions(importer)) {
      if (insideRepo(own, version) === null) throw outsideRepo(file, name, version);
    }
  }
}

function* linkedVersions(importer: unknown): Generator<string> {
  if (!isObject(importer)) return;
  for (const dependencies of Object.values(importer)) {
    if (!isObject(dependencies)) continue;
    for (const dependency of Object.values(dependencies)) {
      const version = isObject(dependency) ? dependency['version'] : dependency;
      if (typeof version === 'string' && version.startsWith('link:')) yield version.slice('link:'.length);
    }
  }
}
