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
    agent: browserName(session.agent),
    address: session.address,
    opened: moment(session.created_at),
    seen: moment(session.seen_at),
    current: session.id === principal.session,
  })),
  currentFault: fault?.field === 'current' ? fault.fault : null,
  passwordFault: fault?.field === 'password' ? fault.fault : null,
});

/** Most browsers call themselves Mozilla first and say what they are last. */
const BROWSERS = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(?:Headless)?Chrom(?:e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;
const SYSTEMS = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
] as const;

/** What a browser calls itself, in words that its owner knows; else as it stands. */
export function browserName(agent: string): string {
  if (agent === '') return 'A browser that does not say which';
  const of = (names: readonly (readonly [RegExp, string])[]): string | undefined =>
    names.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = of(BROWSERS);
  const system = of(SYSTEMS);
  if (browser === undefined) return agent;
  return system === undefined ? browser : `${browser} on ${system}`;
}

export const accountPage = definePage<AccountView>('account', { title: 'Account' });
