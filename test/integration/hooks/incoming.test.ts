import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { findSubmission, listSubmissions } from '../../../harness/store/submissions.js';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';

jest.setTimeout(30_000);

let server: TestServer;
let path: string;
let secret: string;

beforeAll(async () => {
  server = await startTestServer();
  const admin = await signedIn(server, 'admin');
  const made = await admin.api('POST', '/api/v1/intakes', { assessment: 'pack-basic' });
  ({ path, secret } = (await made.json()) as { path: string; secret: string });
  expect((await admin.api('POST', '/api/v1/intakes', { assessment: 'none' })).status).toBe(422);
});
afterAll(() => server?.close());

const commit = (letter: string): string => letter.repeat(40);
const push = (after: string, changes: object = {}): string =>
  JSON.stringify({
    ref: 'refs/heads/main',
    after,
    repository: {
      full_name: 'ada/take-home',
      clone_url: 'https://github.example/ada/take-home.git',
      default_branch: 'main',
    },
    ...changes,
  });

interface Sent {
  readonly status: number;
  readonly body: { readonly submission: string | null; readonly reason: string | null };
}

async function send(
  text: string,
  options: { signature?: string; event?: string; to?: string } = {},
): Promise<Sent> {
  const signature = `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;
  const answer = await fetch(`${server.url}${options.to ?? path}`, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      'x-github-event': options.event ?? 'push',
      'x-github-delivery': `delivery-${Math.random()}`,
      'x-hub-signature-256': options.signature ?? signature,
    },
  });
  return { status: answer.status, body: (await answer.json()) as Sent['body'] };
}

test('a push to the default branch is one submission, however often and at whatever time it is told', async () => {
  const text = push(commit('a'));
  const answers = await Promise.all([send(text), send(text), send(text)]);
  await send(push(commit('b')));
  answers.push(await send(text));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  const ids = new Set(answers.map(({ body }) => body.submission));
  expect(ids.size).toBe(1);
  const found = await findSubmission(server.store, DEFAULT_ORGANISATION, [...ids][0] ?? '');
  expect(found?.submission).toMatchObject({
    candidate: 'ada/take-home',
    source: `https://github.example/ada/take-home.git#${commit('a')}`,
    source_kind: 'git',
  });
  expect(await listSubmissions(server.store, DEFAULT_ORGANISATION, { limit: 10 })).toHaveLength(2);
});

test('two commits of a repository with a long address are two submissions', async () => {
  const repository = {
    full_name: 'ada/long',
    clone_url: `https://github.example/${'a'.repeat(300)}.git`,
    default_branch: 'main',
  };
  const [first, second] = await Promise.all(
    ['e', 'f'].map((letter) => send(push(commit(letter), { repository }))),
  );
  expect([first?.status, second?.status]).toEqual([202, 202]);
  expect(first?.body.submission).not.toBe(second?.body.submission);
  expect((await send(push(commit('f'), { repository }))).body).toEqual(second?.body);
});

test('a message that is not signed, wrongly signed or changed on its way is refused', async () => {
  const text = push(commit('c'));
  const right = createHmac('sha256', secret).update(text).digest('hex');
  const wrong = [
    '',
    'sha256=',
    `sha1=${right.slice(0, 40)}`,
    `sha256=${right.slice(1)}`,
    `sha256=${right.toUpperCase()}x`,
    `sha256=${createHmac('sha256', 'other').update(text).digest('hex')}`,
  ];
  for (const signature of wrong) expect((await send(text, { signature })).status).toBe(401);
  expect((await send(`${text} `, { signature: `sha256=${right}` })).status).toBe(401);
  expect((await send(text, { to: '/api/v1/hooks/github/itk-nothing' })).status).toBe(401);
  expect(await listSubmissions(server.store, DEFAULT_ORGANISATION, { limit: 10 })).toHaveLength(4);
});

test('what asks for nothing is taken and says so; what is no push is refused', async () => {
  expect(await send('{"zen":"x"}', { event: 'ping' })).toMatchObject({
    status: 202,
    body: { submission: null },
  });
  for (const changes of [{ ref: 'refs/heads/other' }, { deleted: true }, { after: commit('0') }]) {
    const { status, body } = await send(push(commit('d'), changes));
    expect([status, body.submission]).toEqual([202, null]);
    expect(body.reason).toMatch(/\.$/);
  }
  expect((await send('{"ref":1}')).status).toBe(422);
  expect((await send('not json')).status).toBe(422);
});

test('an admin has pushes graded by a form, is told once what to enter at GitHub, and ends it', async () => {
  const admin = await signedIn(server, 'admin');
  const page = '/settings/intakes';
  const made = await (await admin.send(page, page, { assessment: 'pack-basic' })).text();
  const address = /value="([^"]+\/hooks\/github\/itk-\w+)"/.exec(made)?.[1] ?? '';
  const key = /id="secret" readonly value="([^"]+)"/.exec(made)?.[1] ?? '';
  const text = push(commit('f'));
  const signature = `sha256=${createHmac('sha256', key).update(text).digest('hex')}`;
  const to = new URL(address).pathname;
  const taken = await send(text, { signature, to });
  expect(taken.body.submission).toMatch(/^sub-/);

  const list = await (await admin.get(page)).text();
  expect(list).toContain(address);
  expect(list).not.toContain(key);
  const id = to.split('/').at(-1) ?? '';
  expect((await admin.send(page, `${page}/${id}/delete`, {})).status).toBe(303);
  expect((await send(text, { signature, to })).status).toBe(401);
});
