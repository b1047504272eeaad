import { shortText } from '../../assessments/kit/index.js';
import type { IntakeLimits } from './limits.js';
import { tooLarge, unsafe } from './refusal.js';

/**
 * What never enters a submission, by the name of the file or folder at any depth, in lower case: version control, installed
 * packages, settings that change how a package manager runs (some of them run code), and what operating systems leave behind.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '.git',
  'node_modules',
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  '.yarn',
  '.pnp.cjs',
  '.pnp.loader.mjs',
  '.pnp.js',
  '.pnpmfile.cjs',
  '.pnpmfile.mjs',
  'pnpmfile.js',
  '.pnpm-store',
  '__macosx',
  '.ds_store',
  'thumbs.db',
  'desktop.ini',
  'icon\r',
]);

/** macOS keeps a file's attributes in a twin of this name. */
const APPLE_DOUBLE = '._';

export function isLeftOut(name: string): boolean {
  return name.split('/').some((part) => LEFT_OUT.has(part.toLowerCase()) || part.startsWith(APPLE_DOUBLE));
}

const CONTROL = /[\u0000-\u001f\u007f]/;
const UNDECODABLE = '\ufffd';

/**
 * An entry's name as a clean relative path: `/` separated, no `.`, `..` or empty parts. Null for the root itself.
 * Throws a `Refusal` for a name that leads anywhere else or that would mean different things on different systems.
 */
export function cleanPath(name: string): string | null {
  const entry = `The entry "${shortText(name)}"`;
  if (name.includes('\0')) throw unsafe(`${entry} has a NUL byte in its name.`);
  if (name.includes('\\')) throw unsafe(`${entry} has a backslash in its name.`);
  if (name.startsWith('/')) throw unsafe(`${entry} has an absolute path.`);
  if (/^[A-Za-z]:/.test(name)) throw unsafe(`${entry} has a drive letter in its path.`);
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw unsafe(`${entry} leads out of the project with "..".`);
  return parts.length === 0 ? null : parts.join('/');
}

/** Holds a path that is kept to what every system can store and show. */
export function checkPath(path: string, limits: IntakeLimits): void {
  const entry = `The entry "${shortText(path)}"`;
  if (CONTROL.test(path)) throw unsafe(`${entry} has a control character in its name.`);
  if (path.includes(UNDECODABLE)) throw unsafe(`${entry} has a name that is not valid UTF-8.`);
  const parts = path.split('/');
  if (parts.length > limits.pathDepth) {
    throw tooLarge(`${entry} lies more than ${limits.pathDepth} folders deep.`);
  }
  if (Buffer.byteLength(path) > limits.pathBytes) {
    throw tooLarge(`${entry} has a path of more than ${limits.pathBytes} bytes.`);
  }
  if (parts.some((part) => Buffer.byteLength(part) > NAME_BYTES)) {
    throw tooLarge(`${entry} has a name of more than ${NAME_BYTES} bytes.`);
  }
}

/** What Linux file systems allow for one name. */
const NAME_BYTES = 255;
