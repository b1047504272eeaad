import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { changeInvite, createInvite, type NewInvite } from '../../../harness/store/invites.js';
import { recordDecision } from '../../../harness/store/reviews.js';
import { tarGz } from '../support/archive.js';
import type { TestServer } from '../support/server.js';
import { startTestServer } from '../support/server.js';
import type { Visitor } from '../support/visitor.js';
import { visitor } from '../support/visitor.js';
import { CANARY, runSecretively } from './secretive.js';
import { actor, inDays, invitation } from './support.js';

jest.setTimeout(60_000);

let server: TestServer;
let archive: Buffer;
let invite: string;
let secret: string;
let guest: Visitor;

beforeAll(async () => {
  server = await startTestServer({ ASSAYER_UPLOAD_MB: '1' });
  archive = await tarGz({ 'package.json': '{"name":"x"}', 'server.js': 'void 0' });
});
afterAll(() => server.close());
beforeEach(async () => void (guest = await invited()));

async function invited(part: Partial<NewInvite> = {}): Promise<Visitor> {
  ({ id: invite, secret } = await createInvite(
    server.store,
    actor,
    invitation({ assessment: 'pack-basic', ...part }),
  ));
  const browser = visitor(server.url);
  const answer = await browser.get(`/invitation/${secret}`);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/invitation']);
  return browser;
}

const page = async (path: string, browser = guest): Promise<string> => (await browser.get(path)).text();

async function handIn(fields: Record<string, string> = {}, file: Buffer | null = archive): Promise<Response> {
  const home = await page('/invitation');
  const hidden = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(home)?.[1] ?? '';
  const form = new FormData();
  const sent = { _csrf: hidden('_csrf'), key: hidden('key'), gitUrl: '', ref: '', ...fields };
  for (const [name, value] of Object.entries(sent)) form.set(name, value);
  if (file) form.set('archive', new Blob([new Uint8Array(file)]), 'work.tar.gz');
  return guest.request('/invitation/submissions', {
    method: 'POST',
    body: form,
    headers: { 'sec-fetch-site': 'same-origin' },
  });
}

async function handedIn(): Promise<string> {
  const answer = await handIn();
  expect([answer.status, answer.status === 303 ? '' : await answer.text()]).toEqual([303, '']);
  return answer.headers.get('location') ?? '';
}

const idOf = (path: string): string => path.split('/').at(-1) ?? '';
const run = (path: string): Promise<void> => runSecretively(server.store, idOf(path));

describe('an invitation', () => {
  test('opens by its link alone, as often as it is needed, and shows brief and starter', async () => {
    const home = await page('/invitation');
    expect(home).toContain('Hello Ada');
    expect(home).toContain('2 attempts of 2 left');
    expect((await visitor(server.url).get('/invitation')).status).toBe(401);
    expect((await visitor(server.url).get(`/invitation/${secret}x`)).status).toBe(404);
    expect((await visitor(server.url).get(`/invitation/${secret}`)).status).toBe(303);
    for (const path of ['brief', 'contract', 'data'])
      expect((await guest.get(`/invitation/${path}`)).status).toBe(200);
  });

  test('extra time is in the deadline that is shown, and nowhere by itself', async () => {
    const deadline = new Date('2031-05-04T10:00:00Z');
    guest = await invited({ deadline, extraMinutes: 95 });
    const home = await page('/invitation');
    expect(home).toContain('2031-05-04T11:35:00.000Z');
    expect(home).not.toMatch(/10:00|extra/i);
  });

  test('its secret is in no log', async () => {
    await page('/invitation');
    expect(server.logged.join('')).toContain('/invitation/[hidden]');
    expect(server.logged.join('')).not.toContain(secret);
  });
});

describe('handing in', () => {
  test('takes an archive, tells public checks at once, and shows no output and nothing hidden', async () => {
    const path = await handedIn();
    expect(await page(path)).toContain('Waiting to be run');
    expect(await page('/invitation')).toContain('1 attempt of 2 left');
    await run(path);
    const shown = await page(path);
    expect(shown).toContain('A note that was created can be read');
    expect(shown).toContain('1 of 1 met');
    expect(shown).toContain('The team looks at the result with you');
    expect(shown).not.toContain('Your result');
    expect(shown).not.toContain(CANARY);
  });

  test('is refused kindly after the deadline, beyond the quota, and with nothing in it', async () => {
    expect(await (await handIn({}, null)).text()).toContain('neither an archive nor a git address');
    expect(await (await handIn({ gitUrl: 'https://example.org/x.git' })).text()).toContain('one of the two');
    expect(await (await handIn({ gitUrl: 'file:///etc' }, null)).text()).toContain(
      'it is no https address, such as',
    );
    expect(await (await handIn({}, Buffer.from('no archive'))).status).toBe(422);
    await handedIn();
    await handedIn();
    expect(await page('/invitation')).toContain('All your attempts are used');
    guest = await invited();
    const home = await page('/invitation');
    await changeInvite(server.store, actor, invite, { deadline: inDays(-1) });
    const late = await handIn({
      _csrf: /name="_csrf" value="([^"]+)"/.exec(home)?.[1] ?? '',
      key: 'late',
    });
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('The time to hand in ended');
  });

  test('is told when a link was cut off on its way', async () => {
    const answer = await visitor(server.url).get(`/invitation/${secret.slice(0, 12)}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('Ask who gave it to you for a new one');
  });

  test('on pages that lead nowhere else: a candidate has no account', async () => {
    for (const path of ['/invitation', '/invitation/brief', '/invitation/data', '/invitation/nothing']) {
      expect([path, await page(path)]).toEqual([path, expect.not.stringContaining('href="/"')]);
    }
  });

  test('twice with one click is once', async () => {
    const [first, second] = [await handIn({ key: 'one' }), await handIn({ key: 'one' })];
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
  });

  test('twice from a form that the browser went back to is twice, if it is something else', async () => {
    const other = await tarGz({ 'package.json': '{"name":"y"}' });
    const [first, second] = [await handIn({ key: 'back' }), await handIn({ key: 'back' }, other)];
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(second.headers.get('location')).not.toBe(first.headers.get('location'));
  });

  test('without the token of the form, or from another site, changes nothing', async () => {
    expect((await handIn({ _csrf: 'x' })).status).toBe(403);
    const cross = await guest.request('/invitation/withdraw', {
      method: 'POST',
      body: new URLSearchParams({ sure: 'yes' }),
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(cross.status).toBe(403);
    expect((await guest.get('/invitation')).status).toBe(200);
  });
});

describe('the result', () => {
  test('is shown once the team has decided, without what is hidden, and can be appealed to', async () => {
    guest = await invited({ reveal: 'whenDecided' });
    const path = await handedIn();
    await run(path);
    await recordDecision(server.store, actor, idOf(path), { verdict: 'hold', reason: CANARY });
    expect(await page(path)).not.toContain('Your result');
    expect((await guest.send('/invitation/data', `${path}/appeal`, { words: 'Tell me.' })).status).toBe(409);
    await recordDecision(server.store, actor, idOf(path), { verdict: 'advance', reason: CANARY });
    const shown = await page(path);
    expect(shown).toContain('Your result');
    expect(shown).toContain('A note is announced');
    expect(shown).not.toContain(CANARY);
    expect((await guest.send(path, `${path}/appeal`, { words: 'It does announce.' })).status).toBe(303);
    expect(await page(path)).toContain('The team has not answered yet');
    expect((await guest.send('/invitation/data', `${path}/appeal`, { words: 'Again.' })).status).toBe(409);
  });

  test('of somebody else is not there', async () => {
    const path = await handedIn();
    const other = await invited();
    expect((await other.get(path)).status).toBe(404);
    expect((await other.send('/invitation', `${path}/appeal`, { words: 'x' })).status).toBe(404);
  });

  test('of what failed by our fault says so', async () => {
    const path = await handedIn();
    await sql`
      update runs set state = 'failed', finished_at = now(),
        verdict = ${JSON.stringify({ code: 'internal', stage: 'boot', message: CANARY, logTail: CANARY })}
      where id = (select current_run from submissions where id = ${idOf(path)})`.execute(server.store);
    const shown = await page(path);
    expect(shown).toContain('That is our fault');
    expect(shown).not.toContain(CANARY);
    expect(await page('/invitation')).toContain('2 attempts of 2 left');
  });
});

test('withdrawing erases everything and closes the door', async () => {
  const path = await handedIn();
  expect(await page('/invitation/data')).toContain('until somebody erases it');
  expect((await guest.send('/invitation/data', '/invitation/withdraw', {})).status).toBe(422);
  const answer = await guest.send('/invitation/data', '/invitation/withdraw', { sure: 'yes' });
  expect(await answer.text()).toContain('Everything is erased');
  expect((await guest.get(path)).status).toBe(401);
  expect((await guest.get(`/invitation/${secret}`)).status).toBe(404);
  const { rows } = await sql`select cause from tombstones where submission_id = ${idOf(path)}`.execute(
    server.store,
  );
  expect(rows).toEqual([{ cause: 'candidate' }]);
});
