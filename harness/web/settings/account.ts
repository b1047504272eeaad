import type { PasswordFault } from '../../accounts/people.js';
import type { Principal } from '../../accounts/principal.js';
import type { SessionView } from '../../store/sessions.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import { definePage } from '../frame/page.js';

export interface AccountView {
  readonly name: string;
  readonly role: string;
  readonly organisation: string;
  /** A token that signed a browser in has no password. */
  readonly person: boolean;
  readonly sessions: readonly {
    readonly href: string;
    readonly agent: string;
    readonly address: string;
    readonly opened: Moment;
    readonly seen: Moment;
    readonly current: boolean;
  }[];
  readonly currentFault: string | null;
  readonly passwordFault: string | null;
}

export const accountView = (
  principal: Principal,
  sessions: readonly SessionView[],
  fault: PasswordFault | null,
): AccountView => ({
  name: principal.name,
  role: principal.role,
  organisation: principal.organisationName,
  person: principal.kind === 'person',
  sessions: sessions.map((session) => ({
    href: `/account/sessions/${session.id}`,
    agent: session.agent === '' ? 'A browser that does not say which' : session.agent,
    address: session.address,
    opened: moment(session.created_at),
    seen: moment(session.seen_at),
    current: session.id === principal.session,
  })),
  currentFault: fault?.field === 'current' ? fault.fault : null,
  passwordFault: fault?.field === 'password' ? fault.fault : null,
});

export const accountPage = definePage<AccountView>('account', { title: 'Account' });
