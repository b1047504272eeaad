import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';
import type { Visitor } from '../support/visitor.js';
import { visitor } from '../support/visitor.js';

jest.setTimeout(30_000);

const PASSWORD = 'correct horse battery staple';
let server: TestServer;
let admin: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  admin = visitor(server.url);
});
afterAll(() => server?.close());

const json = async <T>(answer: Promise<Response> | Response): Promise<T> =>
  (await (await answer).json()) as T;
interface Person {
  readonly id: string;
  readonly email: string;
  readonly state: string;
  readonly role: string;
}

async function invited(email: string, role = 'reviewer'): Promise<{ person: Person; path: string }> {
  const answer = await admin.api('POST', '/api/v1/people', { email, name: `Name of ${email}`, role });
  expect(answer.status).toBe(201);
  const { person, link } = await json<{ person: Person; link: { path: string } }>(answer);
  expect(answer.headers.get('location')).toBe(`/api/v1/people/${person.id}`);
  return { person, path: link.path };
}

/** Follows a link and sets a password. */
async function joined(path: string, password = PASSWORD): Promise<Visitor> {
  const browser = visitor(server.url);
  const [action = '', query = ''] = path.split('?', 2);
  const key = new URLSearchParams(query).get('key') ?? '';
  expect((await browser.send(path, action, { key, password })).headers.get('location')).toBe('/');
  return browser;
}

const signIn = (browser: Visitor, email: string, password: string): Promise<Response> =>
  browser.send('/signin', '/signin', { email, password, to: '/' });

test('the first start leads to the first admin, once', async () => {
  const setUp = new URL(server.setUpUrl ?? '');
  const path = `${setUp.pathname}${setUp.search}`;
  const key = setUp.searchParams.get('key') ?? '';
  const fields = { key, email: 'Ada@Example.org', name: 'Ada', organisation: 'Analytical Engines' };
  const weak = await admin.send(path, '/setup', { ...fields, password: 'short' });
  expect(weak.status).toBe(422);
  const again = await weak.text();
  expect(again).toContain('at least 12 characters');
  expect(again).toContain('value="Analytical Engines"');
  expect((await admin.send(path, '/setup', { ...fields, password: PASSWORD })).status).toBe(303);
  const me = await json(admin.api('GET', '/api/v1/me'));
  expect(me).toMatchObject({
    kind: 'person',
    name: 'Ada',
    role: 'admin',
    organisation: { name: 'Analytical Engines' },
  });
  expect((await visitor(server.url).get(path)).status).toBe(410);
  expect(server.logged.join('')).not.toContain(fields.key);
});

test('somebody who is invited joins by a link that works once, and signs in with the password', async () => {
  const { person, path } = await invited('grace@example.org', 'manager');
  expect(person).toMatchObject({ email: 'grace@example.org', state: 'invited', role: 'manager' });
  const browser = await joined(path);
  expect((await visitor(server.url).get(path)).status).toBe(410);
  expect(await json(browser.api('GET', '/api/v1/me'))).toMatchObject({ id: person.id, role: 'manager' });
  expect((await browser.api('GET', '/api/v1/people')).status).toBe(403);

  const other = visitor(server.url);
  expect((await signIn(other, 'grace@example.org', 'wrong password')).status).toBe(401);
  expect((await signIn(other, ' GRACE@example.org ', PASSWORD)).status).toBe(303);
  const { items } = await json<{ items: { id: string; current: boolean }[] }>(
    other.api('GET', '/api/v1/sessions'),
  );
  expect(items.map(({ current }) => current).sort()).toEqual([false, true]);
  const first = items.find(({ current }) => !current)?.id ?? '';
  expect((await admin.api('DELETE', `/api/v1/sessions/${first}`)).status).toBe(404);
  expect((await other.api('DELETE', `/api/v1/sessions/${first}`)).status).toBe(204);
  expect((await browser.api('GET', '/api/v1/me')).status).toBe(401);

  const twice = { email: 'Grace@example.org', name: 'G', role: 'admin' };
  expect((await admin.api('POST', '/api/v1/people', twice)).status).toBe(409);
});

test('a new link ends the old one and, when it is used, every session', async () => {
  const { person, path } = await invited('linus@example.org');
  const again = await json<{ path: string }>(admin.api('POST', `/api/v1/people/${person.id}/link`));
  expect((await visitor(server.url).get(path)).status).toBe(410);
  const before = await joined(again.path);
  const reset = await json<{ path: string; purpose: string }>(
    admin.api('POST', `/api/v1/people/${person.id}/link`),
  );
  expect(reset.purpose).toBe('reset');
  await joined(reset.path, 'another long password');
  expect((await before.api('GET', '/api/v1/me')).status).toBe(401);
  expect((await signIn(visitor(server.url), 'linus@example.org', PASSWORD)).status).toBe(401);
});

test('who is disabled is out at once; the last admin stays; a stale change is refused', async () => {
  const { person, path } = await invited('tim@example.org');
  const browser = await joined(path);
  const address = `/api/v1/people/${person.id}`;
  const etag = (await admin.api('GET', address)).headers.get('etag') ?? '';
  const promoted = await admin.api('PATCH', address, { role: 'manager' }, { 'if-match': etag });
  expect(promoted.status).toBe(200);
  expect(await json(browser.api('GET', '/api/v1/me'))).toMatchObject({ role: 'manager' });
  const stale = await admin.api('PATCH', address, { role: 'admin' }, { 'if-match': etag });
  expect(stale.status).toBe(412);
  expect((await admin.api('PATCH', address, { disabled: true })).status).toBe(200);
  expect((await browser.api('GET', '/api/v1/me')).status).toBe(401);
  expect((await signIn(visitor(server.url), 'tim@example.org', PASSWORD)).status).toBe(401);

  const self = await json<Person>(admin.api('GET', '/api/v1/me'));
  for (const change of [{ role: 'reviewer' }, { disabled: true }]) {
    expect((await admin.api('PATCH', `/api/v1/people/${self.id}`, change)).status).toBe(409);
  }
});

test('guessing a password is slowed for who guesses, and for nobody else', async () => {
  await joined((await invited('edsger@example.org')).path);
  await joined((await invited('barbara@example.org')).path);
  for (let index = 0; index < 5; index += 1) {
    expect((await signIn(visitor(server.url), 'edsger@example.org', `guess ${index}`)).status).toBe(401);
  }
  const locked = await signIn(visitor(server.url), 'edsger@example.org', PASSWORD);
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(60);
  expect((await signIn(visitor(server.url), 'barbara@example.org', PASSWORD)).status).toBe(303);
});

test('tokens do what their scopes say, and nothing once they are revoked', async () => {
  const make = (scopes: string[]): Promise<{ id: string; token: string }> =>
    json(admin.api('POST', '/api/v1/tokens', { name: scopes.join(), scopes }));
  const call = async (token: string, path: string, method = 'GET'): Promise<number> =>
    (await fetch(`${server.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } })).status;
  const [reader, sender] = [await make(['read']), await make(['submit'])];
  expect(await call(reader.token, '/api/v1/submissions')).toBe(200);
  expect(await call(reader.token, '/api/v1/submissions', 'POST')).toBe(403);
  expect(await call(reader.token, '/api/v1/tokens')).toBe(403);

  const body = JSON.stringify({ gitUrl: 'https://example.org/x.git', assessment: 'pack-basic' });
  const submit = async (token: string): Promise<string> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/api/v1/submissions`, { method: 'POST', headers, body });
    return (await json<{ id: string }>(answer)).id;
  };
  const [mine, theirs] = [await submit(sender.token), await submit(server.token)];
  expect(await call(sender.token, `/api/v1/submissions/${mine}`)).toBe(200);
  expect(await call(sender.token, `/api/v1/submissions/${theirs}`)).toBe(404);
  expect(await call(sender.token, `/api/v1/submissions/${theirs}/cancel`, 'POST')).toBe(404);
  expect(await call(reader.token, `/api/v1/submissions/${mine}`)).toBe(200);

  expect((await admin.api('DELETE', `/api/v1/tokens/${sender.id}`)).status).toBe(204);
  expect((await admin.api('DELETE', `/api/v1/tokens/${sender.id}`)).status).toBe(404);
  expect(await call(sender.token, '/api/v1/me')).toBe(401);
  const { items } = await json<{ items: { id: string; lastUsedAt: string | null }[] }>(
    admin.api('GET', '/api/v1/tokens'),
  );
  expect(items.find(({ id }) => id === sender.id)).toBeUndefined();
  expect(items.find(({ id }) => id === reader.id)?.lastUsedAt).not.toBeNull();
});

test('all of it is in the audit log, which only grows', async () => {
  const { items } = await json<{ items: { action: string; actor: { name: string } }[] }>(
    admin.api('GET', '/api/v1/audit?limit=200'),
  );
  const actions = new Set(items.map(({ action }) => action));
  for (const action of ['session.opened', 'session.refused', 'person.invited', 'person.joined']) {
    expect(actions).toContain(action);
  }
  for (const action of ['person.changed', 'person.linkMade', 'token.created', 'token.revoked']) {
    expect(actions).toContain(action);
  }
  expect(JSON.stringify(items)).not.toContain('asr_');
  const page = await json<{ items: unknown[]; next: string }>(admin.api('GET', '/api/v1/audit?limit=2'));
  expect(await json(admin.api('GET', page.next))).toMatchObject({ items: items.slice(2, 4) });

  for (const change of [sql`delete from audit_log`, sql`update audit_log set actor_name = 'x'`]) {
    await expect(change.execute(server.store)).rejects.toThrow('only ever added to');
  }
  const stranger = await signedIn(server, 'reviewer');
  expect((await stranger.api('GET', '/api/v1/audit')).status).toBe(403);
});
