/** The `code` of an error of Node's, such as ENOSPC; `` when there is none. Not by class: that differs between realms. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
