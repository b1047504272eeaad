import { once } from 'node:events';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { endWithout } from '../../../harness/store/endings.js';
import { claimRun } from '../../../harness/store/leases.js';
import { addOrganisation, DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { acceptSubmission } from '../../../harness/store/submissions.js';
import { newSubmission } from '../support/records.js';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';
import { until } from '../support/until.js';
import type { Visitor } from '../support/visitor.js';

jest.setTimeout(30_000);

interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
interface Delivery {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly answer: string | null;
}

let server: TestServer;
let admin: Visitor;
let receiver: Server;
let origin: string;
let status = 204;
let got: Message[] = [];
/** Answers that somebody waits for. */
const heldBack = new Set<ServerResponse>();
let mostHeldBack = 0;
function holdBack(answer: ServerResponse): void {
  heldBack.add(answer);
  mostHeldBack = Math.max(mostHeldBack, heldBack.size);
  answer.once('close', () => heldBack.delete(answer));
}

beforeAll(async () => {
  receiver = createServer((req, res) => {
    void buffer(req).then((body) => {
      if (req.url === '/never') return holdBack(res);
      got.push({ headers: req.headers, text: body.toString() });
      res.writeHead(status, status === 302 ? { location: `${origin}/elsewhere` } : {}).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  server = await startTestServer({ ASSAYER_HOOK_HOSTS: '127.0.0.1' });
  admin = await signedIn(server, 'admin');
});
afterAll(async () => {
  await server?.close();
  receiver?.close();
});
beforeEach(() => {
  status = 204;
  got = [];
});

const json = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;
const make = (events: string[], url = `${origin}/hook`): Promise<{ id: string; secret: string }> =>
  json(admin.api('POST', '/api/v1/webhooks', { url, events }));
const deliveries = async (hook: string): Promise<Delivery[]> =>
  (await json<{ items: Delivery[] }>(admin.api('GET', `/api/v1/webhooks/${hook}/deliveries`))).items;
const drop = (hook: string): Promise<Response> => admin.api('DELETE', `/api/v1/webhooks/${hook}`);

async function finished(): Promise<string> {
  const accepted = await acceptSubmission(server.store, DEFAULT_ORGANISATION, newSubmission(), null);
  if (accepted.kind === 'keyReused') throw new Error('unexpected');
  const { run, submission } = accepted.view;
  const options = { worker: 'w', leaseSeconds: 60, maxAttempts: 3, alone: false };
  const claim = await claimRun(server.store, run.id, options);
  const verdict = { code: 'internal', stage: 'boot', message: 'Ours.', logTail: '' } as const;
  if (claim) await endWithout(server.store, claim, 'failed', verdict);
  return submission.id;
}

test('the end of a run is told, signed, without a name', async () => {
  const { id, secret } = await make(['submission.finished']);
  const submission = await finished();
  const [message] = await until(() => (got.length > 0 ? got : null));
  const body = new Webhook(secret).verify(message?.text ?? '', message?.headers as Record<string, string>);
  expect(body).toMatchObject({
    type: 'submission.finished',
    data: { submission, state: 'failed', score: null },
  });
  expect(message?.text).not.toContain('Ada');
  const [one] = await until(async () => {
    const all = await deliveries(id);
    return all[0]?.state === 'delivered' ? all : null;
  });
  expect(one).toMatchObject({ id: message?.headers['webhook-id'], attempts: 1, answer: 'answered 204' });
  await drop(id);
});

test('what is not taken is tried again under its id, and by hand once it has failed for good', async () => {
  const { id } = await make(['decision.recorded']);
  status = 500;
  await admin.api('POST', `/api/v1/webhooks/${id}/ping`);
  const waiting = await until(async () => (await deliveries(id)).find(({ answer }) => answer !== null));
  expect(waiting).toMatchObject({ state: 'waiting', attempts: 1, answer: 'answered 500' });
  await sql`update deliveries set next_at = now(), attempts = 7`.execute(server.store);
  const failed = await until(async () => (await deliveries(id)).find(({ state }) => state === 'failed'));
  status = 302;
  await admin.api('POST', `/api/v1/deliveries/${failed.id}/redeliver`);
  await until(async () => (await deliveries(id)).find(({ answer }) => answer === 'answered 302'));
  status = 200;
  await sql`update deliveries set next_at = now() where state = 'waiting'`.execute(server.store);
  await until(async () => (await deliveries(id)).find(({ state }) => state === 'delivered'));
  expect(new Set(got.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([failed.id]));
  expect(got).toHaveLength(4);
  await drop(id);
});

test('an address that says it is gone is told nothing more', async () => {
  const { id } = await make(['submission.finished']);
  status = 410;
  await finished();
  await until(async () => (await deliveries(id)).find(({ state }) => state === 'failed'));
  await finished();
  expect(await deliveries(id)).toHaveLength(1);
  await drop(id);
});

test('receivers that do not answer keep nobody else waiting', async () => {
  const pings = async (visitor: Visitor, hook: string, count: number): Promise<void> => {
    for (let sent = 0; sent < count; sent++) await visitor.api('POST', `/api/v1/webhooks/${hook}/ping`);
  };
  const stuck = await make(['submission.finished'], `${origin}/never`);
  await pings(admin, stuck.id, 30);
  await until(() => heldBack.size > 0);
  const theirs = await make(['submission.finished']);
  const other = await signedIn(server, 'admin', await addOrganisation(server.store, 'Beside'));
  const events = ['submission.finished'];
  const others = await json<{ id: string }>(
    other.api('POST', '/api/v1/webhooks', { url: `${origin}/hook`, events }),
  );
  await pings(admin, theirs.id, 10);
  await pings(other, others.id, 10);
  await until(() => got.length >= 20);
  expect((await deliveries(stuck.id)).filter(({ state }) => state === 'waiting')).toHaveLength(30);
  // Those that have just been given up may still be seen beside their successors.
  expect(mostHeldBack).toBeLessThanOrEqual(16);
  await until(() => heldBack.size > 0);
  for (const answer of heldBack) answer.writeHead(410).end();
  await until(async () => (await deliveries(stuck.id)).every(({ state }) => state === 'failed'));
  await drop(stuck.id);
  await drop(theirs.id);
});

test('addresses of this network are refused, when they are entered and when they are reached', async () => {
  for (const url of ['https://10.0.0.1/x', 'http://example.org/x', 'https://[::1]/']) {
    const answer = await admin.api('POST', '/api/v1/webhooks', { url, events: ['submission.finished'] });
    expect(answer.status).toBe(422);
  }
  const { id } = await make(['submission.finished'], 'https://localhost:1/x');
  await admin.api('POST', `/api/v1/webhooks/${id}/ping`);
  const tried = await until(async () => (await deliveries(id)).find(({ answer }) => answer !== null));
  expect(tried.answer).toBe('localhost has an internal address');
  await drop(id);
});

test('webhooks of another organisation are not there', async () => {
  const { id } = await make(['submission.finished']);
  const other = await signedIn(server, 'admin', await addOrganisation(server.store, 'Other'));
  expect((await other.api('GET', `/api/v1/webhooks/${id}/deliveries`)).status).toBe(404);
  expect((await other.api('POST', `/api/v1/webhooks/${id}/ping`)).status).toBe(404);
  expect((await other.api('DELETE', `/api/v1/webhooks/${id}`)).status).toBe(404);
  await drop(id);
});

test('an admin adds an address by a form, tests it and looks at its messages', async () => {
  const path = '/settings/webhooks';
  const refused = await admin.send(path, path, { url: 'https://10.0.0.1/', events: 'submission.finished' });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('This address is internal.');
  const made = await admin.send(path, path, { url: `${origin}/form`, events: 'submission.finished' });
  expect(await made.text()).toMatch(/value="whsec_[^"]+"/);
  const list = await (await admin.get(path)).text();
  expect(list).not.toContain('whsec_');
  const hook = /\/settings\/webhooks\/(hok-\w+)/.exec(list)?.[1] ?? '';
  expect((await admin.send(path, `${path}/${hook}/ping`, {})).status).toBe(303);
  await until(() => got.length > 0);
  const messages = await until(async () => {
    const html = await (await admin.get(`${path}/${hook}`)).text();
    return html.includes('answered 204') ? html : null;
  });
  const again = /action="([^"]+\/redeliver)"/.exec(messages)?.[1] ?? '';
  expect((await admin.send(`${path}/${hook}`, again, {})).status).toBe(303);
  await until(() => got.length > 1);
  expect((await admin.send(path, `${path}/${hook}/delete`, {})).status).toBe(303);
  expect(await (await admin.get(path)).text()).not.toContain(hook);
});
