import type { Route } from './types.js';

/**
 * The routes of each path, the paths in the order in which they have to be tried: a word before a name, so that
 * `/things/new` is not taken for the thing called new.
 */
export function byPath(routes: readonly Route[]): [string, Route[]][] {
  const paths = new Map<string, Route[]>();
  for (const one of routes) {
    const known = paths.get(one.path) ?? [];
    if (known.some(({ method }) => method === one.method)) {
      throw new Error(`two routes for ${one.method} ${one.path}`);
    }
    paths.set(one.path, [...known, one]);
  }
  return [...paths].sort(([a], [b]) => compare(a.split('/'), b.split('/')));
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const rank = Number(part.startsWith(':')) - Number(other.startsWith(':'));
    // Of two names the longer pattern is the closer one: `:id.json` before `:id`.
    if (rank !== 0) return rank;
    if (part !== other) return other.length - part.length || (part < other ? -1 : 1);
  }
  return a.length - b.length;
}
