import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Permission, PersonRole, Scope } from '../../../harness/accounts/roles.js';
import { allScopes, ROLES, SCOPES } from '../../../harness/accounts/roles.js';
import { ROUTES } from '../../../harness/api/routes/index.js';
import type { Route } from '../../../harness/api/routing/types.js';
import { commitResult } from '../../../harness/store/endings.js';
import { claimRun } from '../../../harness/store/leases.js';
import { addOrganisation, DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { acceptSubmission } from '../../../harness/store/submissions.js';
import { createToken } from '../../../harness/store/tokens.js';
import { graded, newSubmission } from '../support/records.js';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';

jest.setTimeout(60_000);

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ ASSAYER_TRUST_PROXY: '1' });
});
afterAll(() => server?.close());

/** Somebody who asks, by the headers that show it. */
type Headers = Readonly<Record<string, string>>;

/** Each request comes from an address of its own, so that none is slowed for what others guessed. */
let asked = 0;
function ask({ method, path }: Route, ids: string, headers: Headers): Promise<Response> {
  asked += 1;
  const address = `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`;
  return fetch(`${server.url}${path.replace(/:\w+/g, ids)}`, {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: { 'x-forwarded-for': address, 'sec-fetch-site': 'same-origin', ...headers },
  });
}

async function bearer(scope: Scope): Promise<Headers> {
  const token = { name: scope, scopes: [scope], seconds: null, createdBy: null };
  const { secret } = await createToken(server.store, DEFAULT_ORGANISATION, token);
  return { authorization: `Bearer ${secret}` };
}

async function session(role: PersonRole, organisation = DEFAULT_ORGANISATION): Promise<Headers> {
  const { cookies } = await signedIn(server, role, organisation);
  return { cookie: `assayer_session=${cookies.get('assayer_session') ?? ''}` };
}

const guarded = ROUTES.filter((route): route is Route & { access: Permission } => route.access !== 'public');
const cellsFor = (may: (access: Permission) => boolean): [string, Route, boolean][] =>
  guarded.map((route) => [`${route.method} ${route.path}`, route, may(route.access)]);

/** Turned away for who it is, and not for anything else. */
async function refused(answer: Response): Promise<boolean> {
  if (answer.status === 401) return true;
  if (answer.status === 403) return /"code":"forbidden"|<code>forbidden/.test(await answer.text());
  await answer.body?.cancel();
  return false;
}

async function walk(cells: [string, Route, boolean][], headers: () => Promise<Headers>): Promise<void> {
  const wrong: string[] = [];
  for (const [name, route, allowed] of cells) {
    // A session of its own for each, since some routes end it.
    const answer = await ask(route, 'nothing-here', await headers());
    if ((await refused(answer)) === allowed) wrong.push(`${name}: ${answer.status}`);
  }
  expect(wrong).toEqual([]);
}

test.each(ROLES)('each route lets a %s in, or not, as it says', (role) =>
  walk(
    cellsFor(({ roles }) => roles.includes(role)),
    () => session(role),
  ),
);

test.each(SCOPES)('each route lets a token with the scope %s in, or not, as it says', async (scope) => {
  const headers = await bearer(scope);
  const held = allScopes([scope]);
  await walk(
    cellsFor(({ scopes }) => scopes.some((one) => held.has(one))),
    async () => headers,
  );
});

test('nobody without a name gets anywhere but to the sign-in', async () => {
  const wrong: string[] = [];
  for (const [name, route] of cellsFor(() => false)) {
    const answer = await ask(route, 'nothing-here', { accept: route.pages ? 'text/html' : '*/*' });
    const page = route.pages && route.method === 'get';
    const right = page
      ? answer.status === 303 && answer.headers.get('location')?.startsWith('/signin?to=')
      : answer.status === 401;
    if (!right) wrong.push(`${name}: ${answer.status}`);
    await answer.body?.cancel();
  }
  expect(wrong).toEqual([]);
});

/** What needs no sign-in is written down here as well, since a mistake would be costly. */
const PUBLIC = [
  /^get \/(livez|readyz|metrics|openapi\.json|docs)?$/,
  /^get \/assets\/:file$/,
  /^(get|post) \/(signin|setup|join|reset)(\/\w+)*$/,
  // Candidates and whoever a scorecard is shared with come by a link of their own.
  /^(get|post) \/(invitation|invite|portal|candidate|share|shared|s|i)(\/|$)/,
  /^post \/api\/v1\/hooks\//,
];

test('only these routes need no sign-in, and settings are for admins alone', () => {
  const open = ROUTES.filter(({ access }) => access === 'public').map(
    ({ method, path }) => `${method} ${path}`,
  );
  expect(open.filter((name) => !PUBLIC.some((pattern) => pattern.test(name)))).toEqual([]);
  const forAdmins = /^\/settings|^\/api\/v1\/(people|tokens|audit)\b/;
  const loose = guarded.filter(({ path, access }) => forAdmins.test(path) && access.roles.length > 1);
  expect(loose.map(({ path }) => path)).toEqual([]);
});

test('a reviewer changes nothing but notes, ratings and its own account', () => {
  // A selection of submissions can be compared by all; whether it may be cancelled, its handler asks.
  const own =
    /^\/submissions\/selection$|^\/(account|signout|api\/v1\/(sessions|signin-links))|notes|ratings/;
  const loose = guarded.filter(
    ({ method, path, access }) => method !== 'get' && access.roles.includes('reviewer') && !own.test(path),
  );
  expect(loose.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test('what another organisation owns is not there, by any route', async () => {
  const { store } = server;
  const accepted = await acceptSubmission(store, DEFAULT_ORGANISATION, newSubmission(), null);
  if (accepted.kind === 'keyReused') throw new Error('unexpected');
  const { submission, run } = accepted.view;
  const options = { worker: 'w', leaseSeconds: 60, maxAttempts: 3, alone: false };
  const claim = await claimRun(store, run.id, options);
  if (!claim) throw new Error('not claimed');
  await commitResult(store, claim, graded({ score: 70 }));
  const other = await session('admin', await addOrganisation(store, 'Other'));
  const mine = await session('admin');

  const aboutOne = guarded.filter(({ path }) => /submissions\/:\w+/.test(path));
  expect(aboutOne.length).toBeGreaterThan(5);
  const wrong: string[] = [];
  for (const route of aboutOne) {
    const answer = await ask(route, submission.id, { ...other, accept: 'application/json' });
    const unseen = answer.status === 404 || (route.method !== 'get' && [403, 415].includes(answer.status));
    if (!unseen) wrong.push(`${route.method} ${route.path}: ${answer.status}`);
    await answer.body?.cancel();
  }
  expect(wrong).toEqual([]);
  const [card] = aboutOne.filter(({ path }) => path.endsWith('scorecard.json'));
  expect((await ask(card as Route, submission.id, mine)).status).toBe(200);
});
