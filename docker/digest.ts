import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Twelve hex digits: enough to tell two recipes apart, short enough to read. */
export const digestOf = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);

/** Over the names and contents of files; folders are taken with all that is in them. */
export const digestOfFiles = (paths: readonly string[]): string =>
  digestOf(paths.flatMap((path) => contents(path, basename(path))));

function contents(path: string, name: string): string[] {
  if (!statSync(path).isDirectory()) return [name, readFileSync(path, 'latin1')];
  return readdirSync(path)
    .sort()
    .flatMap((child) => contents(join(path, child), `${name}/${child}`));
}
