import type { Scope } from '../../accounts/roles.js';
import { SCOPES } from '../../accounts/roles.js';
import type { TokenView } from '../../store/tokens.js';
import type { Moment } from '../frame/moment.js';
import { moment } from '../frame/moment.js';
import { definePage } from '../frame/page.js';
import type { SettingsHead } from './tabs.js';
import { settingsHead } from './tabs.js';

const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  submit: 'Send submissions, and read those that it sent: what CI needs',
  read: 'Read everything of the organisation',
  manage: 'Submit, read, invite, decide and regrade',
  admin: 'Everything, also people, tokens and settings',
};

export interface TokensView extends SettingsHead {
  readonly tokens: readonly {
    readonly href: string;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly created: Moment;
    readonly lastUsed: Moment | null;
    readonly expires: Moment | null;
  }[];
  /** The text of a token that was just made. */
  readonly secret: string | null;
  readonly scopes: readonly { readonly value: string; readonly words: string; readonly checked: boolean }[];
}

export const tokensView = (tokens: readonly TokenView[], secret: string | null): TokensView => ({
  ...settingsHead('tokens'),
  tokens: tokens.map((token) => ({
    href: `/settings/tokens/${token.id}`,
    name: token.name,
    scopes: token.scopes,
    created: moment(token.created_at),
    lastUsed: token.last_used_at && moment(token.last_used_at),
    expires: token.expires_at && moment(token.expires_at),
  })),
  secret,
  scopes: SCOPES.map((value) => ({ value, words: SCOPE_WORDS[value], checked: value === 'submit' })),
});

export const tokensPage = definePage<TokensView>('tokens');
