import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { ROUTES } from '../../../harness/api/routes/index.js';
import type { Route } from '../../../harness/api/routing/types.js';
import { addOrganisation } from '../../../harness/store/organisations.js';
import { gradedSubmission, inDays } from '../review/support.js';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';
import { until } from '../support/until.js';
import type { Visitor } from '../support/visitor.js';

/** An admin of one organisation who knows every id of another can neither see nor change anything of it. */

jest.setTimeout(60_000);

let server: TestServer;
let stranger: Visitor;
let other: string;
/** Of everything that the first organisation has. */
let ids: readonly string[];
let secrets: readonly string[];

beforeAll(async () => {
  server = await startTestServer();
  const owner = await signedIn(server, 'admin');
  other = await addOrganisation(server.store, 'Other');
  stranger = await signedIn(server, 'admin', other);

  const make = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const answer = await owner.api(method, `/api/v1${path}`, body);
    const text = await answer.text();
    expect([path, answer.status < 300, text]).toEqual([path, true, expect.anything()]);
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  };
  const { id: submission } = await gradedSubmission(server.store, 'fail', {
    assessment: { id: 'pack-basic', version: '0.0.1', digest: 'd'.repeat(64) },
  });
  const { id: twin } = await gradedSubmission(server.store, 'fail');
  const review = `/submissions/${submission}/review`;
  await make('PUT', `${review}/notes/a`, { note: 'Of the owner.', rating: 2 });
  await make('POST', `${review}/decisions`, { verdict: 'advance', reason: 'Of the owner.' });
  const invite = { assessment: 'pack-basic', candidate: 'Ada of the owner', deadline: inDays(2) };
  const hook = await make('POST', '/webhooks', {
    url: 'https://localhost:1/x',
    events: ['submission.finished'],
  });
  const regrade = { kind: 'rescore', assessment: 'pack-basic', stale: true, reason: 'Of the owner.' };
  const begun = await make('POST', '/regrades', regrade);
  await until(async () => (await make('GET', `/regrades/${String(begun['id'])}`))['state'] === 'ready');
  const made = [
    await make('POST', '/invites', invite),
    await make('POST', `/submissions/${submission}/shares`, { days: 3 }),
    await make('POST', '/tokens', { name: 'Of the owner', scopes: ['read'] }),
    await make('POST', '/people', { email: 'of@the.owner', name: 'Of the owner', role: 'reviewer' }),
    await make('POST', '/intakes', { assessment: 'pack-basic' }),
    begun,
    await make('POST', `/webhooks/${String(hook['id'])}/ping`),
    hook,
  ];
  const found = made.flatMap(idsIn);
  const sessions = await sql<{ id: string }>`
    select id from sessions s where row_to_json(s)::text not like ${`%${other}%`}`.execute(server.store);
  ids = [submission, twin, owner.id, ...found, ...sessions.rows.map(({ id }) => id)];
  secrets = [submission, 'Of the owner', 'of the owner', 'of@the.owner'];
  // Nothing is on its way any more, so that whatever changes has been changed by the stranger.
  await sql`update deliveries set state = 'failed'`.execute(server.store);
  await sql`delete from outbox`.execute(server.store);
});
afterAll(() => server?.close());

const idsIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === 'id' && typeof inner === 'string' ? [inner] : idsIn(inner),
      );

/** Every row of every table that is not of the other organisation, but for when somebody was last seen. */
async function everything(): Promise<readonly string[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(server.store);
  const rows = await Promise.all(
    tables.rows.map(async ({ name }) => {
      const found = await sql<{ row: string }>`
        select row_to_json(t)::text as row from ${sql.table(name)} t`.execute(server.store);
      return found.rows.map(({ row }) => `${name} ${row.replace(/"(last_)?seen_at":"[^"]*"/, '')}`);
    }),
  );
  return rows
    .flat()
    .filter((row) => !row.includes(other))
    .sort();
}

/** What every body that is asked for takes for itself; what it does not know is passed over. */
const BODY = {
  ...{ role: 'reviewer', name: 'Taken', email: 'taken@example.org', disabled: true, reason: 'Taken over.' },
  ...{
    verdict: 'reject',
    check: 'b',
    outcome: 'pass',
    upheld: true,
    words: 'Taken.',
    note: 'Taken.',
    rating: 1,
  },
  ...{ audience: 'team', days: 1, extraMinutes: 5, maxSubmissions: 9, question: 'a', as: 'promoted' },
  ...{ confirm: 'yes', deadline: inDays(9).toISOString(), reveal: 'always', url: 'https://example.org/' },
};

async function ask({ method, path, body, pages }: Route, id: string, csrf: string): Promise<Response> {
  const form = body !== undefined && 'application/x-www-form-urlencoded' in body;
  const sent = Object.entries({ ...BODY, _csrf: csrf }).map(([key, value]): [string, string] => [
    key,
    String(value),
  ]);
  const type = form || (pages && !body) ? 'application/x-www-form-urlencoded' : 'application/json';
  const text = type === 'application/json' ? JSON.stringify(BODY) : new URLSearchParams(sent).toString();
  const bodiless = method === 'get' || (!pages && !body);
  return stranger.request(path.replace(/:\w+/g, id), {
    method: method.toUpperCase(),
    headers: {
      accept: pages ? 'text/html' : 'application/json',
      'sec-fetch-site': 'same-origin',
      ...(bodiless ? {} : { 'content-type': type }),
    },
    ...(bodiless ? {} : { body: text }),
  });
}

test('a stranger who knows every id sees and changes nothing, by any route', async () => {
  const csrf = /name="_csrf" value="([^"]+)"/.exec(await (await stranger.get('/account')).text())?.[1] ?? '';
  expect(csrf).not.toBe('');
  const routes = ROUTES.filter(
    ({ path, access }) => access !== 'public' && /:\w+/.test(path) && !/assessments|assets/.test(path),
  );
  expect(routes.length).toBeGreaterThan(50);
  expect(ids.length).toBeGreaterThan(9);
  const before = await everything();
  const wrong: string[] = [];
  let reached = 0;
  for (const route of routes) {
    for (const id of ids) {
      const answer = await ask(route, id, csrf);
      const text = await answer.text();
      if (answer.status === 404) reached += 1;
      const told = secrets.filter((secret) => secret !== id && text.includes(secret));
      if (answer.ok || told.length > 0)
        wrong.push(`${route.method} ${route.path} with ${id}: ${answer.status} ${told.join()}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(await everything()).toEqual(before);
  // Most get as far as looking for what the id names.
  expect(reached).toBeGreaterThan(0.8 * routes.length * ids.length);
});
