/** What a person may be in an organisation. */
export const ROLES = ['admin', 'manager', 'reviewer'] as const;
export type PersonRole = (typeof ROLES)[number];
/** `ci` is what a token is that may neither manage nor administer. */
export type Role = PersonRole | 'ci';

/** What an API token may be allowed. `admin` includes all, `manage` includes `submit` and `read`. */
export const SCOPES = ['submit', 'read', 'manage', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who may use a route: everybody, or people of these roles and tokens with one of these scopes. */
export type Access = 'public' | Permission;
export interface Permission {
  readonly roles: readonly PersonRole[];
  readonly scopes: readonly Scope[];
}

/** The kinds of permission there are; a route names one of them. */
export const ACCESS = {
  /** Look at what the organisation has. */
  read: { roles: ['admin', 'manager', 'reviewer'], scopes: ['read'] },
  /** Look at submissions; a token that may only submit sees those that it sent. */
  readOwn: { roles: ['admin', 'manager', 'reviewer'], scopes: ['read', 'submit'] },
  submit: { roles: ['admin', 'manager'], scopes: ['submit'] },
  /** Notes and ratings. */
  review: { roles: ['admin', 'manager', 'reviewer'], scopes: ['manage'] },
  /** Invite, decide, regrade, share, retention. */
  manage: { roles: ['admin', 'manager'], scopes: ['manage'] },
  /** People, tokens, settings, audit. */
  admin: { roles: ['admin'], scopes: ['admin'] },
  /** Whoever is signed in, about itself. */
  self: { roles: ['admin', 'manager', 'reviewer'], scopes: ['submit', 'read', 'manage', 'admin'] },
} as const satisfies Record<string, Permission>;

const INCLUDED: Readonly<Record<Scope, readonly Scope[]>> = {
  submit: ['submit'],
  read: ['read'],
  manage: ['manage', 'submit', 'read'],
  admin: ['admin', 'manage', 'submit', 'read'],
};

/** The scopes with everything that they include. */
export const allScopes = (scopes: readonly Scope[]): ReadonlySet<Scope> =>
  new Set(scopes.flatMap((scope) => INCLUDED[scope]));

/** As what a token appears where people have roles. */
export function roleOfToken(scopes: readonly Scope[]): Role {
  if (scopes.includes('admin')) return 'admin';
  return scopes.includes('manage') ? 'manager' : 'ci';
}
