import type { Permission, Role, Scope } from './roles.js';
import { allScopes } from './roles.js';

/** Who asks, and for which organisation. */
export interface Principal {
  readonly organisation: string;
  readonly organisationName: string;
  readonly kind: 'person' | 'token';
  /** Of the person or the token. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Of a token, as it was made; a person has none. */
  readonly scopes: readonly Scope[];
  /** The browser session that it comes by; null for a token that was sent along. */
  readonly session: string | null;
}

/** On whose account something is written down. */
export interface Actor {
  readonly organisation: string;
  readonly kind: 'person' | 'token' | 'candidate' | 'system';
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  readonly requestId: string | null;
}

/** A token is judged by its scopes alone, a person by the role. */
export function may(principal: Principal, { roles, scopes }: Permission): boolean {
  if (principal.kind === 'person') return roles.some((role) => role === principal.role);
  const held = allScopes(principal.scopes);
  return scopes.some((scope) => held.has(scope));
}
