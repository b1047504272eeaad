import type { PersonLink } from '../../accounts/people.js';
import { ROLES } from '../../accounts/roles.js';
import { linkPath } from '../../api/routes/people.js';
import type { PersonView } from '../../store/people.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import { definePage } from '../frame/page.js';
import type { SettingsHead } from './tabs.js';
import { settingsHead } from './tabs.js';

const ROLE_WORDS = {
  admin: 'Admin: everything, also people and settings',
  manager: 'Manager: submits, invites, decides, regrades',
  reviewer: 'Reviewer: reads, takes notes, rates',
} as const;
const STATE_WORDS = { active: 'Active', invited: 'Invited', disabled: 'Disabled' } as const;

interface Option {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

export interface PeopleView extends SettingsHead {
  readonly people: readonly {
    readonly href: string;
    readonly name: string;
    readonly email: string;
    readonly state: string;
    readonly since: Moment;
    readonly disabled: boolean;
    readonly self: boolean;
    readonly roles: readonly Option[];
    readonly linkWords: string;
  }[];
  /** A link that was just made, to be handed over. */
  readonly link: { readonly url: string; readonly name: string; readonly days: number } | null;
  /** What was wrong about an invitation. */
  readonly fault: string | null;
  readonly typed: { readonly email: string; readonly name: string };
  readonly roles: readonly Option[];
}

const options = (selected: string): Option[] =>
  ROLES.map((value) => ({ value, label: value, selected: value === selected }));

export interface PeopleExtras {
  readonly link?: { readonly link: PersonLink; readonly name: string; readonly origin: string };
  readonly fault?: string;
  readonly typed?: { readonly email: string; readonly name: string; readonly role: string };
}

export function peopleView(
  people: readonly PersonView[],
  self: string,
  { link, fault, typed }: PeopleExtras,
): PeopleView {
  return {
    ...settingsHead('people'),
    people: people.map((person) => ({
      href: `/settings/people/${person.id}`,
      name: person.name,
      email: person.email,
      state: STATE_WORDS[person.state],
      since: moment(person.created_at),
      disabled: person.state === 'disabled',
      self: person.id === self,
      roles: options(person.role),
      linkWords: person.state === 'invited' ? 'New invitation link' : 'Link for a new password',
    })),
    link: link
      ? {
          url: `${link.origin}${linkPath(link.link)}`,
          name: link.name,
          days: Math.round(link.link.expiresInSeconds / 86_400),
        }
      : null,
    fault: fault ?? null,
    typed: { email: typed?.email ?? '', name: typed?.name ?? '' },
    roles: ROLES.map((value) => ({
      value,
      label: ROLE_WORDS[value],
      selected: value === (typed?.role ?? 'reviewer'),
    })),
  };
}

export const peoplePage = definePage<PeopleView>('people');
