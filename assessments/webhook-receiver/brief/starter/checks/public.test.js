// The public checks: a small part of what we run.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mergedPullRequest, signed } from './deliveries.js';
import { startService } from './service.js';

let service;
before(async () => {
  service = await startService();
});
after(() => service?.stop());

const get = (path, headers = {}) => fetch(service.url + path, { headers });

function deliver(payload, { event, delivery, body = JSON.stringify(payload), headers = {} } = {}) {
  return fetch(`${service.url}/api/v1/webhooks/github`, {
    method: 'POST',
    body,
    headers: { ...signed(body, { secret: service.secret, event, delivery }), ...headers },
  });
}

async function minted(proofId) {
  for (let tries = 0; tries < 50; tries++) {
    const proof = await (await get(`/api/v1/proofs/${proofId}`)).json();
    if (proof.status === 'minted') return proof;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail('the proof was not minted within five seconds');
}

async function assertProblem(response, status) {
  assert.equal(response.status, status);
  assert.match(response.headers.get('content-type') ?? '', /application\/problem\+json/);
  const problem = await response.json();
  assert.equal(problem.status, status);
  assert.equal(typeof problem.title, 'string');
  assert.equal(typeof problem.detail, 'string');
  return problem;
}

test('a merged pull request becomes a proof and a credential', async () => {
  const response = await deliver(mergedPullRequest({ login: 'grace', number: 7 }));
  assert.equal(response.status, 202);
  const { status, proofId } = await response.json();
  assert.equal(status, 'accepted');
  const proof = await minted(proofId);
  assert.equal(proof.contributor, 'grace');
  assert.equal(proof.pullRequest.number, 7);
  const credential = await (await get(`/api/v1/credentials/${proof.credentialId}`)).json();
  assert.equal(credential.proofId, proofId);
});

test('the same delivery again changes nothing', async () => {
  const payload = mergedPullRequest();
  const first = await (await deliver(payload, { delivery: 'd-1' })).json();
  const again = await deliver(payload, { delivery: 'd-1' });
  assert.equal(again.status, 200);
  assert.deepEqual(await again.json(), { status: 'duplicate', proofId: first.proofId });
});

test('events of no interest are ignored', async () => {
  const ping = await deliver({ zen: 'Keep it logically awesome.' }, { event: 'ping' });
  assert.equal(ping.status, 200);
  assert.deepEqual(await ping.json(), { status: 'ignored', proofId: null });
});

test('a body that was changed on the way is refused', async () => {
  const body = JSON.stringify(mergedPullRequest());
  const headers = signed(body, { secret: service.secret });
  await assertProblem(await deliver(null, { body: body.replace('acme', 'evil'), headers }), 401);
});

test('a missing field is named', async () => {
  const payload = mergedPullRequest();
  delete payload.pull_request.user.login;
  const problem = await assertProblem(await deliver(payload), 422);
  assert.deepEqual(
    problem.errors.map((error) => error.field),
    ['pull_request.user.login'],
  );
});

test('unknown paths and ids, and wrong methods, get a problem', async () => {
  await assertProblem(await get('/api/v1/nothing'), 404);
  await assertProblem(await get('/api/v1/proofs/nothing'), 404);
  const response = await get('/api/v1/webhooks/github');
  assert.match(response.headers.get('allow') ?? '', /POST/);
  await assertProblem(response, 405);
});

test('lists are filtered and paged, newest first', async () => {
  const ids = [];
  for (const number of [1, 2, 3]) {
    ids.unshift((await (await deliver(mergedPullRequest({ login: 'linus', number }))).json()).proofId);
  }
  const first = await (await get('/api/v1/proofs?contributor=linus&limit=2')).json();
  assert.deepEqual(
    first.items.map((proof) => proof.id),
    ids.slice(0, 2),
  );
  const second = await (
    await get(`/api/v1/proofs?contributor=linus&limit=2&cursor=${encodeURIComponent(first.nextCursor)}`)
  ).json();
  assert.deepEqual(
    second.items.map((proof) => proof.id),
    ids.slice(2),
  );
  assert.equal(second.nextCursor, null);
});

test('status and issuer come from the registry', async () => {
  const status = await (await get('/api/v1/credential-status?ids=crd_a1,crd_b2')).json();
  assert.deepEqual(status, {
    items: [
      { id: 'crd_a1', status: 'active' },
      { id: 'crd_b2', status: 'active' },
    ],
    failed: [],
  });
  assert.deepEqual(await (await get('/api/v1/issuer')).json(), {
    id: 'did:example:registry',
    name: 'The registry',
  });
});

test('the stream tells of a new proof', async () => {
  const stream = await get('/api/v1/events');
  assert.match(stream.headers.get('content-type') ?? '', /text\/event-stream/);
  const { proofId } = await (await deliver(mergedPullRequest())).json();
  let text = '';
  for await (const chunk of stream.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('event: proof.minted') || text.includes('event:proof.minted')) break;
  }
  assert.ok(text.includes(proofId));
});

test('answers carry the request id and the security headers', async () => {
  const response = await get('/healthz', { 'x-request-id': 'my-request-1' });
  assert.equal(response.headers.get('x-request-id'), 'my-request-1');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(response.headers.get('x-powered-by'), null);
});
