import { stat } from 'node:fs/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { visitor } from '../support/visitor.js';
import { problem, serverOfFile, SUBMISSIONS } from './caller.js';

jest.setTimeout(30_000);

const here = serverOfFile();
const { call, submitted } = here;

test('nothing under /api answers without a valid token', async () => {
  const paths = [
    SUBMISSIONS,
    `${SUBMISSIONS}/x`,
    `${SUBMISSIONS}/x/scorecard.html`,
    '/api/v1/assessments',
    '/api/z',
  ];
  for (const path of paths) {
    for (const authorization of ['', 'Bearer wrong', `Basic ${here.server.token}`]) {
      const answer = await call(path, { headers: { authorization } });
      expect(await problem(answer)).toMatchObject({ status: 401, code: 'unauthenticated' });
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
  }
});

test('a browser signs in with the token, gets a guarded cookie, and cannot be used from another site', async () => {
  const submission = await submitted();
  const browser = visitor(here.server.url);
  const sent = await browser.get(submission.links.self);
  expect(sent.status).toBe(303);
  const signIn = sent.headers.get('location') ?? '';
  expect(await (await browser.get(signIn)).text()).toContain(`value="${submission.links.self}"`);

  const fields = { token: here.server.token, to: submission.links.self };
  expect((await browser.send(signIn, '/signin/token', { token: 'wrong' })).status).toBe(401);
  const body = new URLSearchParams(fields);
  expect((await browser.request('/signin/token', { method: 'POST', body })).status).toBe(403);
  const sameSite = { 'sec-fetch-site': 'same-origin' };
  const noForm = await browser.request('/signin/token', { method: 'POST', body, headers: sameSite });
  expect(noForm.status).toBe(403);
  const signedIn = await browser.send(signIn, '/signin/token', fields);
  expect(signedIn.headers.get('location')).toBe(submission.links.self);
  expect(signedIn.headers.get('set-cookie')).toMatch(/assayer_session=.*HttpOnly.*SameSite=Lax/i);

  const json = { accept: 'application/json' };
  const self = submission.links.self;
  expect((await browser.request(self, { headers: json })).status).toBe(200);
  const cancel = `${self}/cancel`;
  const crossSite = { method: 'POST', headers: { ...json, 'sec-fetch-site': 'cross-site' } };
  expect(await problem(await browser.request(cancel, crossSite))).toMatchObject({ code: 'crossSite' });
  expect((await browser.request(cancel, { method: 'POST', headers: sameSite })).status).toBe(202);
  const session = browser.cookies.get('assayer_session') ?? '';
  expect((await browser.send('/signin', '/signout', {})).status).toBe(303);
  expect(browser.cookies.has('assayer_session')).toBe(false);
  const stolen = { authorization: '', cookie: `assayer_session=${session}` };
  expect((await call(self, { headers: stolen })).status).toBe(401);
});

test('a sign-in link works once and leads nowhere else', async () => {
  const made = await call('/api/v1/signin-links', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: '/api/v1/assessments' }),
  });
  const { path } = (await made.json()) as { path: string };
  const first = await call(path, { headers: { authorization: '' } });
  expect(first.headers.get('location')).toBe('/api/v1/assessments');
  expect(first.headers.get('set-cookie')).toContain('assayer_session=');
  const second = await call(path, { headers: { authorization: '' } });
  expect(second.headers.get('set-cookie')).not.toContain('assayer_session');
  for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\r\nb']) {
    const page = await call(`/signin?to=${encodeURIComponent(to)}`, { headers: { authorization: '' } });
    expect(await page.text()).toContain('name="to" value="/"');
  }
  expect(here.server.logged.join('')).not.toContain(new URLSearchParams(path.split('?')[1]).get('key') ?? '');
  expect(here.server.logged.join('')).not.toContain(here.server.token);
});

test('the token file can be read by its owner alone', async () => {
  expect((await stat(here.server.tokenFile)).mode & 0o777).toBe(0o600);
  expect(here.server.newToken).toBe(here.server.token);
});

test('an address that keeps guessing is slowed down', async () => {
  const guess = (): Promise<Response> => call(SUBMISSIONS, { headers: { authorization: 'Bearer wrong' } });
  const answers = await Promise.all(Array.from({ length: 60 }, guess));
  expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
  const last = await guess();
  expect(last.status).toBe(429);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});

describe('with other settings', () => {
  const other = serverOfFile({ ASSAYER_REQUESTS_PER_MINUTE: '10', ASSAYER_TRUST_PROXY: '1' });

  test('cookies of a visit over https go back over https alone', async () => {
    const cookieBy = async (protocol: string): Promise<string> => {
      const headers = { 'x-forwarded-proto': protocol };
      const answer = await visitor(other.server.url).request('/signin', { headers });
      return answer.headers.get('set-cookie') ?? '';
    };
    expect(await cookieBy('https')).toMatch(/HttpOnly; Secure; SameSite=Lax/);
    expect(await cookieBy('http')).not.toContain('Secure');
  });

  test('who asks is told how much is left, and past the limit to wait', async () => {
    const first = await other.call('/api/v1/me');
    expect(first.status).toBe(200);
    expect(first.headers.get('ratelimit')).toMatch(/\br=9\b/);
    for (let left = 9; left > 0; left -= 1) expect((await other.call('/api/v1/me')).status).toBe(200);
    const last = await other.call('/api/v1/me');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await problem(last)).toMatchObject({ status: 429, code: 'rateLimited' });
  });
});
