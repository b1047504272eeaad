import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Registry } from '../src/registry/registry.js';

let answer;
let open = 0;
let peak = 0;
const server = createServer((request, response) => {
  peak = Math.max(peak, ++open);
  response.once('close', () => open--);
  answer(request, response);
});
before(() => once(server.listen(0), 'listening'));
after(() => server.close().closeAllConnections());

const registry = () =>
  new Registry({
    url: `http://127.0.0.1:${server.address().port}`,
    token: 't',
    timeoutMs: 150,
    concurrency: 2,
  });
const record = {
  id: 'prf_1',
  contributor: 'ada',
  repository: 'a/b',
  pullRequest: { url: 'u' },
  mergedAt: 'x',
  requestId: 'r',
};

test('a refusal is told from trouble that passes', async () => {
  answer = (request, response) => response.writeHead(422).end();
  assert.equal((await registry().mint(record)).kind, 'refused');
  answer = (request, response) => response.writeHead(429, { 'Retry-After': '2' }).end();
  const busy = await registry().mint(record);
  assert.deepEqual([busy.kind, busy.retryAfterMs], ['failed', 2000]);
  answer = (request, response) => response.end('<html>');
  assert.equal((await registry().mint(record)).kind, 'failed');
});

test('a call that gets no answer fails in time and is closed', async () => {
  answer = () => {};
  assert.equal((await registry().mint(record)).kind, 'failed');
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(open, 0);
});

test('no more calls are open than allowed', async () => {
  peak = 0;
  answer = (request, response) => setTimeout(() => response.end('{"status":"active"}'), 10);
  const calls = registry();
  await Promise.all(Array.from({ length: 8 }, (_, i) => calls.status(`crd_${i}`, 'r')));
  assert.equal(peak, 2);
});
