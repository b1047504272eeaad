import { shortText, type SubmissionArchive } from '../../../assessments/kit/index.js';
import type { Outcome } from '../types.js';
import { stopped } from '../verdicts.js';

export type JsonObject = Readonly<Record<string, unknown>>;

const MANIFEST_BYTES = 1024 * 1024;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entries of a value that should be a map of strings; whatever else is in it is left out. */
export function stringMap(value: unknown): ReadonlyMap<string, string> {
  if (!isObject(value)) return new Map();
  return new Map(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** What a person asked npm to do by a script's name; undefined when there is none or an empty one. */
export function scriptOf(manifest: JsonObject, name: string): string | undefined {
  const script = stringMap(manifest['scripts']).get(name)?.trim();
  return script === '' ? undefined : script;
}

/** Deeper nesting than any manifest has would exhaust the stack of whoever walks or writes it. */
const MAX_DEPTH = 64;

/**
 * The JSON object in a text of strangers.
 * @throws Error that says what is wrong with it
 */
export function parseJsonObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
  if (!isObject(value)) throw new Error('it holds no JSON object');
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new Error('it is nested too deeply');
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return value;
}

/** The object in a package.json. Line ends and a byte order mark do not matter. */
export async function readManifest(archive: SubmissionArchive, path: string): Promise<Outcome<JsonObject>> {
  const text = await readText(archive, path, MANIFEST_BYTES);
  if (text === null) {
    const what = archive.paths.includes(path) ? `${path} is larger than any real one` : `There is no ${path}`;
    return stopped('noPackageJson', `${what}. Write one with a start script, as npm init does.`);
  }
  try {
    return { ok: true, value: parseJsonObject(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return stopped(
      'noPackageJson',
      `${path} is not valid (${shortText(reason)}). Write it as npm init does.`,
    );
  }
}

/** A small text file without its byte order mark; null when it is missing or larger than that. */
export async function readText(
  archive: SubmissionArchive,
  path: string,
  maxBytes: number,
): Promise<string | null> {
  const bytes = await readSmall(archive, path, maxBytes);
  return bytes === null ? null : bytes.toString('utf8').replace(/^\ufeff/, '');
}

/** A small file; null when it is missing or larger than that. */
export async function readSmall(
  archive: SubmissionArchive,
  path: string,
  maxBytes: number,
): Promise<Buffer | null> {
  try {
    return await archive.read(path, maxBytes);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EFBIG') return null;
    throw error;
  }
}
