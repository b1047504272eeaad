import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { addPerson, updatePerson } from '../../../harness/store/people.js';
import type { Program } from '../support/program.js';
import { compile, run } from '../support/program.js';
import type { TestServer } from '../support/server.js';
import { startTestServer } from '../support/server.js';
import { until } from '../support/until.js';
import type { Visitor } from '../support/visitor.js';
import { visitor } from '../support/visitor.js';

jest.setTimeout(60_000);

let server: TestServer;
let issuer: Program;
let issuerUrl: string;
let program: string;

/** Registered at the provider before our server listens: nobody has to be there, for browsers of the tests stay with the server. */
const ORIGIN = 'https://assayer.example.org';

beforeAll(async () => {
  program = await compile(new URL('child.ts', import.meta.url).pathname);
  issuer = run(program, { CALLBACK: `${ORIGIN}/signin/provider/callback` });
  issuerUrl = (await until(() => /^http.+$/m.exec(issuer.output())?.[0])).trim();
  server = await startTestServer({
    ASSAYER_PUBLIC_URL: ORIGIN,
    ASSAYER_OIDC_ISSUER: issuerUrl,
    ASSAYER_OIDC_CLIENT_ID: 'assayer',
    ASSAYER_OIDC_CLIENT_SECRET: 'not-a-secret-that-anything-else-uses',
    ASSAYER_OIDC_NAME: 'Example ID',
  });
});
afterAll(async () => {
  await server?.close();
  await issuer?.kill('SIGKILL');
  await rm(dirname(program), { recursive: true, force: true });
});

/** Goes through the provider's own pages as somebody of this name, up to the path that leads back to us. */
async function atProvider(start: string, name: string): Promise<string> {
  const browser = visitor(issuerUrl);
  let answer = await browser.get(start);
  for (let step = 0; step < 15; step += 1) {
    const next = answer.headers.get('location');
    if (next !== null) {
      const url = new URL(next, issuerUrl);
      if (url.origin === ORIGIN) return `${url.pathname}${url.search}`;
      answer = await browser.get(url.href);
      continue;
    }
    const html = await answer.text();
    const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? '';
    const body = new URLSearchParams({ prompt, login: name, password: 'any' });
    answer = await browser.request(new URL(action, issuerUrl).href, { method: 'POST', body });
  }
  throw new Error('the provider does not let go');
}

/** Where to sign in at the provider, for this browser of ours. */
async function begun(browser: Visitor): Promise<string> {
  const answer = await browser.get('/signin/provider?to=/account');
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

async function signedInAs(name: string): Promise<{ browser: Visitor; answer: Response }> {
  const browser = visitor(server.url);
  const back = await atProvider(await begun(browser), name);
  return { browser, answer: await browser.get(back) };
}

const invite = async (name: string): Promise<string> =>
  (await addPerson(server.store, DEFAULT_ORGANISATION, {
    email: `${name}@example.org`,
    name,
    role: 'manager',
  })) ?? '';

test('somebody who is invited comes in by the provider, and is known by its subject from then on', async () => {
  const id = await invite('ada');
  expect(await (await visitor(server.url).get('/signin')).text()).toContain('Sign in with Example ID');
  const { browser, answer } = await signedInAs('ada');
  expect(answer.headers.get('location')).toBe('/account');
  expect(await (await browser.api('GET', '/api/v1/me')).json()).toMatchObject({ id, role: 'manager' });
  expect((await signedInAs('ada')).answer.status).toBe(303);

  await updatePerson(server.store, DEFAULT_ORGANISATION, id, { disabled: true });
  expect((await signedInAs('ada')).answer.status).toBe(403);
});

test('who is not invited, or whose address is not verified, stays outside', async () => {
  await invite('eve');
  for (const name of ['mallory', 'eve-unverified']) {
    const { answer } = await signedInAs(name);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('Ask an admin to invite you');
    expect(answer.headers.get('set-cookie')).not.toContain('assayer_session=');
  }
});

test('an answer of the provider is worth nothing in another browser, twice, or with another state', async () => {
  await invite('grace');
  const browser = visitor(server.url);
  const back = await atProvider(await begun(browser), 'grace');
  expect((await visitor(server.url).get(back)).status).toBe(403);
  const forged = new URL(back, server.url);
  forged.searchParams.set('state', 'another');
  expect((await browser.get(forged.href)).status).toBe(502);
  expect((await browser.get(back)).status).toBe(403);
  expect((await signedInAs('grace')).answer.status).toBe(303);
});

test('a provider that is down is said to be, in one sentence', async () => {
  await issuer.kill('SIGKILL');
  const other = await startTestServer({ ASSAYER_OIDC_ISSUER: issuerUrl, ASSAYER_OIDC_CLIENT_ID: 'assayer' });
  const answer = await visitor(other.url).get('/signin/provider');
  expect(answer.status).toBe(502);
  expect(await answer.text()).toContain('Signing in with single sign-on did not work');
  await other.close();
});
