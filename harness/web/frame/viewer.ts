import type { Context } from '../../api/routing/types.js';
import { may } from '../../accounts/principal.js';
import type { Permission } from '../../accounts/roles.js';
import { ACCESS } from '../../accounts/roles.js';
import type { SectionId, Viewer } from './navigation.js';

const ROOMS: readonly (readonly [SectionId, Permission])[] = [
  ['assessments', ACCESS.read],
  ['submissions', ACCESS.readOwn],
  ['compare', ACCESS.read],
  ['workers', ACCESS.read],
  ['settings', ACCESS.admin],
];

/** Who looks at a page, as its frame shows it. */
export const viewerOf = ({ principal, csrf }: Pick<Context<Permission>, 'principal' | 'csrf'>): Viewer => ({
  name: principal.name,
  organisation: principal.organisationName,
  sections: ROOMS.filter(([, permission]) => may(principal, permission)).map(([id]) => id),
  csrf: csrf(),
});
