/** The `code` of an error of Node's, such as ENOSPC; `` when there is none. Not by class: that differs between realms. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Of a disk without room, or a quota that is used up. */
export const isFull = (error: unknown): boolean => /^(ENOSPC|EDQUOT)$/.test(codeOf(error));
