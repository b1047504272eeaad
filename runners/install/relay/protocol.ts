/** What both ends of the relay agree on. */

/** Where package managers in an install pod find the registry. */
export const RELAY_HOST = '127.0.0.1';
export const RELAY_PORT = 4873;
export const RELAY_AUTHORITY = `${RELAY_HOST}:${RELAY_PORT}`;
export const RELAY_URL = `http://${RELAY_AUTHORITY}/`;

/** Headers of a request that mean something to a registry; all others stay in the pod. */
export const REQUEST_HEADERS = ['accept', 'accept-encoding', 'if-none-match', 'user-agent'] as const;

/** Headers of an answer that mean something to a package manager. */
export const RESPONSE_HEADERS = [
  'cache-control',
  'content-encoding',
  'content-length',
  'content-type',
  'etag',
  'last-modified',
  'vary',
] as const;

/** The named headers that are there. */
export function pick(
  names: readonly string[],
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) picked[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return picked;
}
