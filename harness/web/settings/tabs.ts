import type { Permission } from '../../accounts/roles.js';
import type { Context } from '../../api/routing/types.js';
import type { NavigationItem } from '../frame/navigation.js';
import { marked } from '../frame/navigation.js';
import type { Frame } from '../frame/page.js';
import { viewerOf } from '../frame/viewer.js';

const TABS = {
  people: { label: 'People', href: '/settings/people' },
  tokens: { label: 'API tokens', href: '/settings/tokens' },
  webhooks: { label: 'Webhooks', href: '/settings/webhooks' },
  intakes: { label: 'GitHub', href: '/settings/intakes' },
  organisation: { label: 'Organisation', href: '/settings/organisation' },
  audit: { label: 'Audit log', href: '/settings/audit' },
} as const;

export type SettingsTab = keyof typeof TABS;

/** The row of links above each page of the settings. */
export interface SettingsHead {
  readonly tabs: readonly NavigationItem[];
}

export const settingsHead = (current: SettingsTab): SettingsHead => ({ tabs: marked(TABS, current) });

/** What surrounds a page of the settings; `done` names what was just done, for the notice. */
export function settingsFrame(
  context: Pick<Context<Permission>, 'principal' | 'csrf'>,
  tab: SettingsTab,
  done?: string | undefined,
): Pick<Frame, 'title' | 'viewer' | 'section' | 'notice'> {
  const notice = done === undefined ? null : (NOTICES[done] ?? null);
  return { title: TABS[tab].label, viewer: viewerOf(context), section: 'settings', notice };
}

const NOTICES: Readonly<Record<string, string>> = {
  changed: 'The change is saved.',
  disabled: 'The person is signed out everywhere and cannot sign in any more.',
  enabled: 'The person can sign in again.',
  deleted: 'Nothing more is told there.',
  refused: 'Pushes that come by it are refused from now on.',
  sent: 'The message is on its way.',
  revoked: 'The token is worth nothing any more.',
};
