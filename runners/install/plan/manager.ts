import { isBerryLock } from '../lockfile/berry.js';
import type { Manager, Note } from '../types.js';
import type { JsonObject } from './manifest.js';

/** Lockfiles by manager, the one that counts first. */
const LOCKFILES: readonly (readonly [Manager, readonly string[]])[] = [
  ['npm', ['npm-shrinkwrap.json', 'package-lock.json']],
  ['pnpm', ['pnpm-lock.yaml']],
  ['yarn', ['yarn.lock']],
];

const MIB = 1024 * 1024;
/** Far more than as many packages as are installed need; YAML takes fifty times as long to read as JSON. */
const LOCKFILE_BYTES: Readonly<Record<Manager, number>> = { npm: 16 * MIB, pnpm: 3 * MIB, yarn: 4 * MIB };

export interface ManagerChoice {
  readonly manager: Manager;
  /** The lockfile in the install folder; null when there is none to be used. `text` is null when it is too large to be true. */
  readonly lockfile: { readonly name: string; readonly text: string | null } | null;
  readonly notes: readonly Note[];
}

/** The manager by `packageManager` and the lockfiles there are in the install folder; `read` gives a file there. */
export async function chooseManager(
  manifest: JsonObject,
  filesHere: ReadonlySet<string>,
  read: (name: string, maxBytes: number) => Promise<string | null>,
): Promise<ManagerChoice> {
  const found = LOCKFILES.flatMap(([manager, names]) => {
    const name = names.find((candidate) => filesHere.has(candidate));
    return name === undefined ? [] : [{ manager, name }];
  });
  const named = namedManager(manifest);
  const chosen = found.find(({ manager }) => manager === named) ?? found[0];
  if (chosen === undefined)
    return { manager: named === 'yarn' ? 'npm' : (named ?? 'npm'), lockfile: null, notes: [NO_LOCKFILE] };

  const { manager, name } = chosen;
  const text = await read(name, LOCKFILE_BYTES[manager]);
  const lockfile = { name, text };
  const notes = manager === 'yarn' && text !== null && isBerryLock(text) ? [NEW_YARN] : [];
  if (found.length === 1) return { manager, lockfile, notes };
  const names = found.map((one) => one.name).join(', ');
  const message = `There are several lockfiles (${names}); ${name} was used. Keep only the one of your package manager.`;
  return { manager, lockfile, notes: [...notes, { code: 'severalLockfiles', message }] };
}

const NO_LOCKFILE: Note = {
  code: 'noLockfile',
  message:
    'There is no lockfile, so the newest fitting versions were installed. Commit one, so that every install is the same.',
};

const NEW_YARN: Note = {
  code: 'lockfileConverted',
  message:
    'yarn.lock is of yarn 2 or newer. The versions that it names were installed, by yarn 1 into node_modules; its checksums were not compared, nor its patches applied.',
};

function namedManager(manifest: JsonObject): Manager | null {
  const named = manifest['packageManager'];
  const name = typeof named === 'string' ? named.split('@')[0] : '';
  return LOCKFILES.find(([manager]) => manager === name)?.[0] ?? null;
}
