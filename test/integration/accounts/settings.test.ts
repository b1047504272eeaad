import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';
import type { Visitor } from '../support/visitor.js';
import { visitor } from '../support/visitor.js';

jest.setTimeout(30_000);

let server: TestServer;
let admin: Visitor & { readonly id: string };

beforeAll(async () => {
  server = await startTestServer();
  admin = await signedIn(server, 'admin');
});
afterAll(() => server?.close());

const text = async (answer: Promise<Response> | Response): Promise<string> => (await answer).text();
const PEOPLE = '/settings/people';

test('an admin invites by a form, gets the link once, and the person joins and changes the password', async () => {
  const typed = { name: 'Grace <b>H</b>', email: 'grace@example.org', role: 'reviewer' };
  const made = await admin.send(PEOPLE, PEOPLE, typed);
  expect(made.status).toBe(201);
  const html = await made.text();
  expect(html).toContain('Grace &lt;b&gt;H&lt;/b&gt;');
  const link = /value="(http:[^"]+\/join\?key[^"]+)"/
    .exec(html)?.[1]
    ?.replaceAll('&amp;', '&')
    .replaceAll('&#x3D;', '=');
  const again = await admin.send(PEOPLE, PEOPLE, typed);
  expect(again.status).toBe(409);
  expect(await again.text()).toContain('Somebody has this e-mail address already.');

  const url = new URL(link ?? '');
  const person = visitor(server.url);
  const path = `${url.pathname}${url.search}`;
  const key = url.searchParams.get('key') ?? '';
  const weak = await person.send(path, '/join', { key, password: 'grace@example.org' });
  expect(weak.status).toBe(422);
  expect((await person.send(path, '/join', { key, password: 'first long password' })).status).toBe(303);
  expect((await person.get(PEOPLE)).status).toBe(403);

  const other = visitor(server.url);
  await other.send('/signin', '/signin', { email: typed.email, password: 'first long password' });
  const account = '/account';
  const change = (current: string, password: string): Promise<Response> =>
    person.send(account, '/account/password', { current, password });
  expect(await text(change('not this', 'second long password'))).toContain(
    'This is not your current password.',
  );
  const changed = await change('first long password', 'second long password');
  expect(changed.headers.get('location')).toBe('/account?done=password');
  expect((await person.get(account)).status).toBe(200);
  expect((await other.get(account)).status).toBe(303);
});

test('roles are changed and people disabled by forms; the notice says what was done', async () => {
  const reviewer = await signedIn(server, 'reviewer');
  const role = await admin.send(PEOPLE, `${PEOPLE}/${reviewer.id}/role`, { role: 'manager' });
  expect(await text(admin.get(role.headers.get('location') ?? ''))).toContain('The change is saved.');
  expect(await (await reviewer.api('GET', '/api/v1/me')).json()).toMatchObject({ role: 'manager' });
  const disable = await admin.send(PEOPLE, `${PEOPLE}/${reviewer.id}/disable`, {});
  expect(await text(admin.get(disable.headers.get('location') ?? ''))).toContain('signed out everywhere');
  expect((await reviewer.api('GET', '/api/v1/me')).status).toBe(401);
  expect((await admin.send(PEOPLE, `${PEOPLE}/${reviewer.id}/enable`, {})).status).toBe(303);
});

test('a token is made by a form, shown once, and revoked', async () => {
  const path = '/settings/tokens';
  const made = await admin.send(path, path, { name: 'CI', scopes: 'submit', days: '30' });
  const secret = /value="(asr_[^"]+)"/.exec(await made.text())?.[1] ?? '';
  const me = await fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${secret}` } });
  const { id } = (await me.json()) as { id: string };
  const list = await text(admin.get(path));
  expect(list).toContain(id);
  expect(list).not.toContain(secret);
  expect((await admin.send(path, `${path}/${id}/revoke`, {})).status).toBe(303);
  expect(await text(admin.get(path))).not.toContain(id);
  expect((await admin.send(path, path, { name: 'none', days: '30' })).status).toBe(422);
});

test('the organisation is renamed, reviews blind, and keeps for a time; the log tells it', async () => {
  const path = '/settings/organisation';
  const sent = { name: 'Acme', blindReview: 'on', keepDays: '90' };
  expect((await admin.send(path, path, sent)).status).toBe(303);
  const settings = await admin.api('GET', '/api/v1/organisation');
  expect(await settings.json()).toMatchObject({ name: 'Acme' });
  expect(await text(admin.get(path))).toContain('value="90"');
  expect((await admin.send(path, path, { name: 'Acme', keepDays: '' })).status).toBe(303);
  const policy = await admin.api('GET', '/api/v1/policy');
  expect(await policy.json()).toEqual({ blindReview: false, keepDays: null });
  const renamed = await admin.api('PATCH', '/api/v1/organisation', { name: 'Acme Ltd' });
  expect(await renamed.json()).toMatchObject({ name: 'Acme Ltd' });
  const stale = await admin.api(
    'PATCH',
    '/api/v1/organisation',
    { name: 'X' },
    { 'if-match': settings.headers.get('etag') ?? '' },
  );
  expect(stale.status).toBe(412);

  const log = await text(admin.get('/settings/audit?action=policy.changed&subject='));
  expect(log).toContain('keepDays: 90');
  expect(log).not.toContain('<code>token.created</code>');
});

test('a form without its token, or with that of another browser, changes nothing', async () => {
  const other = await signedIn(server, 'admin');
  const page = await text(other.get(PEOPLE));
  const theirs = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  for (const _csrf of ['', 'wrong', theirs]) {
    const answer = await admin.send(PEOPLE, PEOPLE, {
      _csrf,
      name: 'X',
      email: 'intruder@example.org',
      role: 'admin',
    });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('The form is no longer valid');
  }
  expect(await text(admin.get(PEOPLE))).not.toContain('intruder@example.org');
});
