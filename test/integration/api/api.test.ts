import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Problem } from '../../../harness/api/problem.js';
import type { SubmissionResource } from '../../../harness/api/representation.js';
import { ROUTES } from '../../../harness/api/routes/index.js';
import { commitResult } from '../../../harness/store/endings.js';
import { appendEvents } from '../../../harness/store/events.js';
import type { Claim } from '../../../harness/store/leases.js';
import { claimRun } from '../../../harness/store/leases.js';
import { tarGz } from '../support/archive.js';
import { graded } from '../support/records.js';
import type { TestServer } from '../support/server.js';
import { startTestServer } from '../support/server.js';
import { until } from '../support/until.js';
import { visitor } from '../support/visitor.js';

jest.setTimeout(30_000);

const SUBMISSIONS = '/api/v1/submissions';
let server: TestServer;
let stateDir: string;
let token: string;
let archive: Buffer;

beforeAll(async () => {
  server = await startTestServer({ ASSAYER_UPLOAD_MB: '1' });
  ({ stateDir, token } = server);
  archive = await tarGz({ 'package.json': '{"name":"x"}', 'server.js': 'void 0' });
});
afterAll(() => server?.close());

type Options = NonNullable<Parameters<typeof fetch>[1]> & { headers?: Record<string, string> };

const call = (path: string, options: Options = {}): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    redirect: 'manual',
    ...options,
    headers: { authorization: `Bearer ${token}`, ...options.headers },
  });

function form(fields: Record<string, string>, bytes: Buffer | null = archive): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  if (bytes) data.set('archive', new Blob([new Uint8Array(bytes)]), 'repo.tar.gz');
  return data;
}

const post = (fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  call(SUBMISSIONS, { method: 'POST', body: form(fields), headers });

async function submitted(fields: Record<string, string> = {}): Promise<SubmissionResource> {
  const answer = await post({ assessment: 'pack-basic', ...fields });
  expect(answer.status).toBe(202);
  return (await answer.json()) as SubmissionResource;
}

async function claimed({ run }: SubmissionResource): Promise<Claim> {
  const options = { worker: 'w', leaseSeconds: 60, maxAttempts: 3, alone: false };
  const claim = await claimRun(server.store, run.id, options);
  if (!claim) throw new Error('not claimed');
  return claim;
}

async function problem(answer: Response): Promise<Problem> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const body = (await answer.json()) as Problem;
  expect(body.status).toBe(answer.status);
  expect(body.requestId).toBe(answer.headers.get('x-request-id'));
  return body;
}

const leftovers = async (): Promise<string[]> => readdir(join(stateDir, 'uploads')).catch(() => []);

test('an upload is accepted with where to look, and can be looked at', async () => {
  const answer = await post({ assessment: 'pack-basic', candidate: 'Ada' });
  expect(answer.status).toBe(202);
  const location = answer.headers.get('location') ?? '';
  const made = (await answer.json()) as SubmissionResource;
  expect(location).toBe(`${SUBMISSIONS}/${made.id}`);
  const seen = (await (await call(location)).json()) as SubmissionResource;
  expect(seen).toMatchObject({
    assessment: { id: 'pack-basic' },
    candidate: 'Ada',
    source: { kind: 'upload', name: 'repo.tar.gz' },
    run: { state: 'queued', score: null },
  });
  expect(await leftovers()).toEqual([]);
});

test('a git URL is accepted for a worker to fetch; other schemes are not', async () => {
  const send = (gitUrl: string): Promise<Response> =>
    call(SUBMISSIONS, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ gitUrl, assessment: 'pack-basic' }),
    });
  expect((await send('https://example.org/repo.git')).status).toBe(202);
  for (const url of [
    'file:///etc',
    'ext::sh -c id',
    'ssh://git@example.org/x',
    '/etc',
    'http://example.org/x',
  ]) {
    expect(await problem(await send(url))).toMatchObject({ status: 422, code: 'bodyInvalid' });
  }
});

test.each([
  ['an unknown assessment', { assessment: 'nope' }, 422, 'assessmentUnknown'],
  ['no assessment', {}, 422, 'bodyInvalid'],
  ['an unknown field', { assessment: 'pack-basic', admin: 'yes' }, 422, 'bodyInvalid'],
])('%s is refused in one sentence', async (_, fields, status, code) => {
  const answer = await problem(await post(fields as Record<string, string>));
  expect(answer).toMatchObject({ status, code });
  expect(answer.detail).toMatch(/\.$/);
  expect(await leftovers()).toEqual([]);
});

test('an archive that is none, and a form without one, are refused', async () => {
  const body = form({ assessment: 'pack-basic' }, Buffer.from('not an archive'));
  expect(await problem(await call(SUBMISSIONS, { method: 'POST', body }))).toMatchObject({
    status: 422,
    code: 'submissionRefused',
  });
  const empty = form({ assessment: 'pack-basic' }, null);
  expect(await problem(await call(SUBMISSIONS, { method: 'POST', body: empty }))).toMatchObject({
    status: 422,
  });
  const text = await call(SUBMISSIONS, {
    method: 'POST',
    body: 'x',
    headers: { 'content-type': 'text/plain' },
  });
  expect(await problem(text)).toMatchObject({ status: 415 });
  expect(await leftovers()).toEqual([]);
});

test('an endless upload is cut at the limit, answered with 413, and leaves nothing', async () => {
  const boundary = 'b'.repeat(20);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': `multipart/form-data; boundary=${boundary}`,
  };
  const req = request(`${server.url}${SUBMISSIONS}`, { method: 'POST', headers });
  req.on('error', () => undefined);
  req.write(`--${boundary}\r\ncontent-disposition: form-data; name="archive"; filename="big.zip"\r\n\r\n`);
  const chunk = Buffer.alloc(256 * 1024);
  let sent = 0;
  let going = true;
  const pump = (): void => {
    while (going && sent < 2 ** 30) {
      sent += chunk.length;
      if (!req.write(chunk)) return void req.once('drain', pump);
    }
  };
  pump();
  const [answer] = (await once(req, 'response')) as [import('node:http').IncomingMessage];
  going = false;
  expect(answer.statusCode).toBe(413);
  expect(sent).toBeLessThan(64 * 2 ** 20);
  req.destroy();
  expect(await leftovers()).toEqual([]);
});

test('an upload that announces too much is refused before it is read', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(
    `POST ${SUBMISSIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1073741824\r\n\r\n',
  );
  const [head] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(String(head)).toMatch(/^HTTP\/1.1 413 /);
});

test('an upload that breaks off leaves nothing', async () => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(
    `POST ${SUBMISSIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; ` +
      'boundary=b\r\nContent-Length: 900000\r\n\r\n--b\r\ncontent-disposition: form-data; name="archive"; filename="a"\r\n\r\n',
  );
  // A small one is held in memory and has no file to leave.
  socket.write(Buffer.alloc(2 ** 19));
  await until(async () => (await leftovers()).length === 1);
  socket.destroy();
  await until(async () => (await leftovers()).length === 0);
});

test('an Idempotency-Key makes one submission of several tries', async () => {
  const fields = { assessment: 'pack-basic', candidate: 'Grace' };
  const key = { 'idempotency-key': 'try-1' };
  const [first, second] = await Promise.all([post(fields, key), post(fields, key)]);
  const [a, b] = (await Promise.all([first.json(), second.json()])) as SubmissionResource[];
  expect(a?.id).toBe(b?.id);
  expect([first, second].filter((one) => one.headers.has('idempotency-replayed'))).toHaveLength(1);
  const other = await post({ ...fields, candidate: 'Linus' }, key);
  expect(await problem(other)).toMatchObject({ status: 422, code: 'idempotencyKeyReused' });
});

test('pages of submissions follow each other by cursor', async () => {
  for (let index = 0; index < 3; index += 1) await submitted({ candidate: `page ${index}` });
  const first = await call(`${SUBMISSIONS}?limit=2&assessment=pack-basic`);
  const page = (await first.json()) as { items: SubmissionResource[]; next: string };
  expect(first.headers.get('link')).toBe(`<${page.next}>; rel="next"`);
  expect(page.items.map(({ candidate }) => candidate)).toEqual(['page 2', 'page 1']);
  const second = (await (await call(page.next)).json()) as { items: SubmissionResource[] };
  expect(second.items[0]?.candidate).toBe('page 0');
  expect(await problem(await call(`${SUBMISSIONS}?limit=0`))).toMatchObject({ status: 422 });
});

test('events are streamed as they come, resumed after the last one seen, and end with the run', async () => {
  const submission = await submitted();
  const claim = await claimed(submission);
  const answer = await call(submission.links.events);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reading = answer.text();
  await appendEvents(server.store, claim.run, claim.fence, [{ type: 'stageStarted', stage: 'install' }]);
  const running = (await (await call(submission.links.self)).json()) as SubmissionResource;
  expect(running.run).toMatchObject({ state: 'running', progress: { stage: 'install', checksTotal: 4 } });
  await commitResult(server.store, claim, graded({ score: 64 }));
  const text = await reading;
  expect([...text.matchAll(/^event: (\w+)$/gm)].map(([, type]) => type)).toEqual([
    'queued',
    'started',
    'stageStarted',
    'finished',
  ]);
  const rest = await (await call(submission.links.events, { headers: { 'last-event-id': '3' } })).text();
  expect(rest).toContain('id: 4\nevent: finished\n');
  expect(rest).not.toContain('id: 3');
  expect((await call(submission.links.events, { headers: { 'last-event-id': '4' } })).status).toBe(204);
});

test('a scorecard is there as JSON and as a page once the run is done', async () => {
  const submission = await submitted();
  const { scorecard } = submission.links;
  expect(await problem(await call(scorecard))).toMatchObject({ status: 409, code: 'scorecardNotReady' });
  await commitResult(server.store, await claimed(submission), graded({ score: 71 }));

  const asJson = await call(scorecard);
  expect(await asJson.json()).toMatchObject({ overall: { score: 71 } });
  for (const page of [
    await call(scorecard, { headers: { accept: 'text/html' } }),
    await call(`${scorecard}.html`),
  ]) {
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<html');
  }
  expect(await problem(await call(scorecard, { headers: { accept: 'image/png' } }))).toMatchObject({
    status: 406,
  });
});

test('a waiting run is cancelled, and then says so instead of a scorecard', async () => {
  const submission = await submitted();
  const cancel = `${submission.links.self}/cancel`;
  const answer = await call(cancel, { method: 'POST' });
  expect(answer.status).toBe(202);
  expect(await answer.json()).toMatchObject({ run: { state: 'cancelled' } });
  expect(await problem(await call(cancel, { method: 'POST' }))).toMatchObject({
    status: 409,
    code: 'runFinished',
  });
  expect(await problem(await call(submission.links.scorecard))).toMatchObject({
    status: 409,
    code: 'notGraded',
  });
});

test('nothing under /api answers without a valid token', async () => {
  const paths = [
    SUBMISSIONS,
    `${SUBMISSIONS}/x`,
    `${SUBMISSIONS}/x/scorecard.html`,
    '/api/v1/assessments',
    '/api/z',
  ];
  for (const path of paths) {
    for (const authorization of ['', 'Bearer wrong', `Basic ${token}`]) {
      const answer = await call(path, { headers: { authorization } });
      expect(await problem(answer)).toMatchObject({ status: 401, code: 'unauthenticated' });
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
  }
});

test('a browser signs in with the token, gets a guarded cookie, and cannot be used from another site', async () => {
  const submission = await submitted();
  const browser = visitor(server.url);
  const sent = await browser.get(submission.links.self);
  expect(sent.status).toBe(303);
  const signIn = sent.headers.get('location') ?? '';
  expect(await (await browser.get(signIn)).text()).toContain(`value="${submission.links.self}"`);

  const fields = { token, to: submission.links.self };
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
  expect(server.logged.join('')).not.toContain(new URLSearchParams(path.split('?')[1]).get('key') ?? '');
  expect(server.logged.join('')).not.toContain(token);
});

test('health is told to whoever asks', async () => {
  expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  const ready = await fetch(`${server.url}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({
    status: 'degraded',
    checks: {
      database: { ok: true },
      queue: { ok: true },
      disk: { ok: true },
      engine: { ok: false, detail: 'no worker is running' },
    },
  });
});

test('Prometheus is told of routes, runs and workers, on this machine', async () => {
  await submitted();
  const answer = await fetch(`${server.url}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = await answer.text();
  expect(text).toMatch(
    /assayer_http_request_seconds_count\{method="POST",route="\/api\/v1\/submissions",status="202"\} \d/,
  );
  expect(text).toMatch(/assayer_runs\{state="queued"\} [1-9]/);
  expect(text).toContain('assayer_workers{state="ready"} 0');
  const proxied = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } });
  expect(await problem(proxied)).toMatchObject({ status: 401 });
});

test('the interface describes itself, route by route', async () => {
  const answer = await fetch(`${server.url}/openapi.json`);
  const document = (await answer.json()) as { openapi: string; paths: Record<string, object> };
  expect(document.openapi).toBe('3.1.0');
  const told = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const there = ROUTES.filter(({ pages }) => !pages).map(({ method, path }) => `${method} ${path}`);
  expect(told.sort()).toEqual(there.sort());
});

test('the catalogue lists assessments without their hidden checks', async () => {
  const { items } = (await (await call('/api/v1/assessments')).json()) as { items: { id: string }[] };
  expect(items.find(({ id }) => id === 'pack-basic')).toMatchObject({ version: '1.0.0', checks: 4 });
  expect(JSON.stringify(items)).not.toContain('announces-once');
});

test('wrong methods, unknown paths, broken JSON and giant headers are told apart', async () => {
  const wrong = await call(SUBMISSIONS, { method: 'DELETE' });
  expect(wrong.headers.get('allow')).toBe('GET, POST');
  expect(await problem(wrong)).toMatchObject({ status: 405 });
  expect(await problem(await call('/nope'))).toMatchObject({ status: 404, code: 'routeUnknown' });
  expect(await problem(await call(`${SUBMISSIONS}/sub-x`))).toMatchObject({ status: 404 });
  const broken = { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } };
  expect(await problem(await call(SUBMISSIONS, broken))).toMatchObject({
    status: 400,
    code: 'bodyUnreadable',
  });
  expect((await call('/livez', { headers: { x: 'x'.repeat(20_000) } })).status).toBe(431);
  const answer = await call('/livez');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.has('x-powered-by')).toBe(false);
});

test('the token file can be read by its owner alone', async () => {
  expect((await stat(server.tokenFile)).mode & 0o777).toBe(0o600);
  expect(server.newToken).toBe(token);
});

test('an address that keeps guessing is slowed down', async () => {
  const guess = (): Promise<Response> => call(SUBMISSIONS, { headers: { authorization: 'Bearer wrong' } });
  const answers = await Promise.all(Array.from({ length: 60 }, guess));
  expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
  const last = await guess();
  expect(last.status).toBe(429);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
});
