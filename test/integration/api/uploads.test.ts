import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import type { SubmissionResource } from '../../../harness/api/representation.js';
import { until } from '../support/until.js';
import { formOf, problem, serverOfFile, SUBMISSIONS } from './caller.js';

jest.setTimeout(30_000);

const here = serverOfFile({ ASSAYER_UPLOAD_MB: '1' });
const { call, post } = here;

const leftovers = (): Promise<string[]> => readdir(join(here.server.stateDir, 'uploads')).catch(() => []);

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
  const body = formOf({ assessment: 'pack-basic' }, Buffer.from('not an archive'));
  expect(await problem(await call(SUBMISSIONS, { method: 'POST', body }))).toMatchObject({
    status: 422,
    code: 'submissionRefused',
  });
  const empty = formOf({ assessment: 'pack-basic' }, null);
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
    authorization: `Bearer ${here.server.token}`,
    'content-type': `multipart/form-data; boundary=${boundary}`,
  };
  const req = request(`${here.server.url}${SUBMISSIONS}`, { method: 'POST', headers });
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
  const socket = connect(Number(new URL(here.server.url).port), '127.0.0.1');
  socket.write(
    `POST ${SUBMISSIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${here.server.token}\r\n` +
      'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1073741824\r\n\r\n',
  );
  const [head] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(String(head)).toMatch(/^HTTP\/1.1 413 /);
});

test('an upload that breaks off leaves nothing', async () => {
  const socket = connect(Number(new URL(here.server.url).port), '127.0.0.1');
  socket.write(
    `POST ${SUBMISSIONS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${here.server.token}\r\nContent-Type: multipart/form-data; ` +
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

test('a client that never ends its headers is told so, and holds its connection no longer', async () => {
  const socket = connect(Number(new URL(here.server.url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (bytes) => (answer += String(bytes)));
  socket.write('GET /livez HTTP/1.1\r\nHost: x\r\n');
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});
