import { constants } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import ignore from 'ignore';
import { shortText } from '../../../assessments/kit/index.js';
import { Refusal } from '../refusal.js';
import type { EntrySink } from '../types.js';

const IGNORE_FILE = '.gitignore';
const IGNORE_BYTES = 64 * 1024;
/** Patterns become regular expressions that every path is tried on: beyond this many, and of this form, they are left out. */
const MAX_PATTERNS = 500;
const isCostly = (pattern: string): boolean => pattern.length > 200 || pattern.split('*').length > 7;

/** What one `.gitignore` says, seen from its folder. */
interface Rules {
  readonly folder: string;
  readonly matcher: ignore.Ignore;
}

/** Reads a folder of this machine. Links are recorded, never followed; what `.gitignore` names is left out. */
export async function readDirectory(root: string, sink: EntrySink): Promise<void> {
  const facts = await lstat(root).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      'sourceUnreachable',
      `The folder cannot be opened (${error.code ?? error.message}). Check the path.`,
    );
  });
  if (!facts.isDirectory()) {
    throw new Refusal('sourceRefused', 'The source is not a folder. Give the folder of the project.');
  }
  await readFolder(root, '', [], sink);
}

async function readFolder(
  root: string,
  folder: string,
  inherited: readonly Rules[],
  sink: EntrySink,
): Promise<void> {
  const own = await rulesOf(root, folder);
  const rules = own === null ? inherited : [...inherited, own];
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (sink.leavesOut(path) || isIgnored(path, entry.isDirectory(), rules)) continue;
    const place = join(root, path);
    if (entry.isSymbolicLink()) sink.link(path, await readlink(place), 'symbolic');
    else if (entry.isDirectory()) {
      sink.folder(path);
      await readFolder(root, path, rules, sink);
    } else if (entry.isFile()) await readFile(place, path, sink);
    else sink.special(path, entry.isFIFO() ? 'named pipe' : entry.isSocket() ? 'socket' : 'device');
  }
}

async function readFile(place: string, path: string, sink: EntrySink): Promise<void> {
  const file = await openRegular(place);
  if (file === null) throw changed(path);
  try {
    const { mode } = await file.stat();
    await sink.file(
      path,
      (mode & 0o100) !== 0,
      file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>,
    );
  } finally {
    await file.close();
  }
}

/** Opens without following a link and without waiting on a pipe, even if the entry was swapped since it was listed. */
async function openRegular(place: string): Promise<Awaited<ReturnType<typeof open>> | null> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ELOOP') return null;
    throw new Refusal(
      'sourceRefused',
      `"${shortText(place)}" cannot be read (${error.code ?? error.message}). Check its permissions.`,
    );
  });
  if (file === null || (await file.stat()).isFile()) return file;
  await file.close();
  return null;
}

async function rulesOf(root: string, folder: string): Promise<Rules | null> {
  const file = await openRegular(join(root, folder, IGNORE_FILE));
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(IGNORE_BYTES), 0, IGNORE_BYTES, 0);
    const patterns = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/);
    const taken = patterns.filter((pattern) => pattern !== '' && !isCostly(pattern));
    return { folder, matcher: ignore().add(taken.slice(0, MAX_PATTERNS)) };
  } finally {
    await file.close();
  }
}

/** The innermost file that has a word on the path decides, as with git. */
function isIgnored(path: string, isFolder: boolean, rules: readonly Rules[]): boolean {
  for (const { folder, matcher } of rules.toReversed()) {
    const inside = folder === '' ? path : path.slice(folder.length + 1);
    const { ignored, unignored } = matcher.test(isFolder ? `${inside}/` : inside);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

function changed(path: string): Refusal {
  return new Refusal('sourceRefused', `"${shortText(path)}" changed while it was read. Submit again.`);
}
