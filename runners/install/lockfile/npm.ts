import { isObject, type JsonObject } from '../plan/manifest.js';
import {
  checkLocal,
  isPackageName,
  isVersion,
  MAX_PACKAGES,
  notFromRegistry,
  parsedJson,
  tarballUrl,
  tooMany,
  unreadable,
  withoutIntegrity,
  type LockContext,
} from './policy.js';

/** The judged copy of a package-lock.json or npm-shrinkwrap.json: every package from our registry, with its integrity. */
export function cleanNpmLock(text: string, context: LockContext): string {
  const lock = parsedJson(text, context.file);
  const packages = lock['packages'];
  if (isObject(packages)) {
    // Versions 2 and 3. Version 2 repeats all in `dependencies`, for npm 6 alone.
    const { dependencies: _, ...rest } = lock;
    return JSON.stringify({ ...rest, packages: cleanPackages(packages, context) });
  }
  const count = { packages: 0 };
  return JSON.stringify({ ...lock, dependencies: cleanTree(lock['dependencies'], context, count) });
}

function cleanPackages(packages: JsonObject, context: LockContext): JsonObject {
  const entries = Object.entries(packages);
  if (entries.length > MAX_PACKAGES) throw tooMany(context.file, entries.length);
  return Object.fromEntries(entries.map(([key, entry]) => [key, cleanPackage(key, entry, context)]));
}

const MODULES = 'node_modules/';

function cleanPackage(key: string, entry: unknown, context: LockContext): unknown {
  const { file, folder } = context;
  if (!isObject(entry)) throw unreadable(file, `"${key}" is no object`);
  if (key === '') return entry;
  const at = key.lastIndexOf(MODULES);
  if (at === -1) {
    checkLocal(file, folder, key, key, context);
    return entry;
  }
  const { resolved } = entry;
  if (entry['link'] === true) {
    checkLocal(file, folder, key, typeof resolved === 'string' ? resolved : '..', context);
    return entry;
  }
  // Part of the tarball of the package around it.
  if (entry['inBundle'] === true && resolved === undefined) return entry;
  const name = typeof entry['name'] === 'string' ? entry['name'] : key.slice(at + MODULES.length);
  return fromRegistry(name, entry, context);
}

/** The older form: a tree, in which an alias or an address stands for the version. */
function cleanTree(tree: unknown, context: LockContext, count: { packages: number }): unknown {
  if (!isObject(tree)) return tree;
  const entries = Object.entries(tree).map(([name, entry]) => {
    if (!isObject(entry)) throw unreadable(context.file, `"${name}" is no object`);
    count.packages += 1;
    if (count.packages > MAX_PACKAGES) throw tooMany(context.file, count.packages);
    const { version } = entry;
    const alias = typeof version === 'string' ? /^npm:(.+)@([^@]+)$/.exec(version) : null;
    const clean =
      entry['bundled'] === true && entry['resolved'] === undefined
        ? entry
        : fromRegistry(alias?.[1] ?? name, { ...entry, version: alias?.[2] ?? version }, context);
    const inner = cleanTree(entry['dependencies'], context, count);
    return [name, { ...clean, version, ...(inner === undefined ? {} : { dependencies: inner }) }] as const;
  });
  return Object.fromEntries(entries);
}

function fromRegistry(name: string, entry: JsonObject, context: LockContext): JsonObject {
  const { resolved, version, integrity } = entry;
  const address = typeof resolved === 'string' ? resolved : '';
  if (address.startsWith('file:')) {
    checkLocal(context.file, context.folder, name, address.slice('file:'.length), context);
    return entry;
  }
  if (!isPackageName(name) || !isVersion(version) || /^git|\.git(?:#|$)/.test(address)) {
    throw notFromRegistry(context.file, name, address === '' ? String(version) : address);
  }
  if (typeof integrity !== 'string' || integrity === '') throw withoutIntegrity(context.file, name);
  return { ...entry, resolved: tarballUrl(name, version) };
}
