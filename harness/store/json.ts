/**
 * A value as text for a jsonb column. PostgreSQL refuses NUL and half surrogate pairs, which candidates' output may
 * well hold; they become U+FFFD. JSON.stringify escapes exactly those, so that the escapes can be found in its text.
 */
export function jsonb(value: unknown): string {
  return JSON.stringify(value).replace(
    /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g,
    (_, backslashes: string) => `${backslashes}\\ufffd`,
  );
}
