/** The organisation that every installation begins with. */
export const DEFAULT_ORGANISATION = 'org-default';
