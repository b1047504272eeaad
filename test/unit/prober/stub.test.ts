import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StubReply } from '../../../assessments/kit/index.js';
import { startStub, type StubServer } from '../../../runners/prober/agent/stubs/stub.js';

const DEFAULTS: StubReply[] = [{ method: 'POST', path: '/mint', status: 201, body: { ok: true } }];
let stub: StubServer;
beforeEach(async () => {
  stub = await startStub('registry', 0, DEFAULTS);
});
afterEach(() => stub.close());

const call = (path: string, init: RequestInit = { method: 'POST', body: 'hello' }): Promise<Response> =>
  fetch(`${stub.url}${path}`, init);
const until = async (holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + 3000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

describe('answers', () => {
  test('come from the defaults, and from 404 where there is none', async () => {
    const minted = await call('/mint?x=1');
    expect([minted.status, await minted.json()]).toEqual([201, { ok: true }]);
    expect((await call('/other')).status).toBe(404);
  });

  test('come from the script first, as often as it says', async () => {
    stub.script({ path: /^\/mi/g, times: 2, status: 503, headers: { 'Retry-After': '1' } });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await call('/mint')).status);
    expect(statuses).toEqual([503, 503, 201]);
  });

  test('may be for those calls only of which the rule says so', async () => {
    stub.script({ when: ({ body }) => body === 'mine', status: 503 });
    const send = async (body: string): Promise<number> =>
      (await call('/mint', { method: 'POST', body })).status;
    expect([await send('mine'), await send('another'), await send('mine')]).toEqual([503, 201, 503]);
  });

  test('may be made from the call, and may wait', async () => {
    stub.script({ delayMs: 60, body: ({ body }: { body: string }) => `${body}!` });
    const start = performance.now();
    expect(await (await call('/x')).text()).toBe('hello!');
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  test('end with a reset of the script', async () => {
    stub.script({ status: 500 });
    stub.reset();
    expect((await call('/mint')).status).toBe(201);
  });
});

describe('the transcript', () => {
  test('tells what came, what it got and when', async () => {
    await call('/mint');
    await call('/mint?page=2', { method: 'GET' });
    await until(() => stub.calls().every(({ durationMs }) => durationMs !== null));
    expect(stub.calls()).toMatchObject([
      { method: 'POST', path: '/mint', body: 'hello', answered: 201, aborted: false },
      { method: 'GET', path: '/mint?page=2', answered: 404 },
    ]);
    expect(stub.calls({ method: 'GET', path: '/mint' })).toHaveLength(1);
    stub.reset();
    expect(stub.calls()).toEqual([]);
  });

  test('tells a caller that went away from a reset of ours', async () => {
    stub.script({ times: 1, fault: 'hang' }, { times: 1, fault: 'reset' });
    await call('/mint', { method: 'POST', signal: AbortSignal.timeout(50) }).catch(() => undefined);
    await call('/mint').catch(() => undefined);
    await until(() => stub.calls().every(({ durationMs }) => durationMs !== null));
    expect(stub.calls()).toMatchObject([
      { answered: null, aborted: true },
      { answered: null, aborted: false },
    ]);
  });

  test('knows how many calls were open at once', async () => {
    stub.script({ delayMs: 80 });
    await Promise.all([1, 2, 3].map(() => call('/a')));
    await call('/b');
    expect(stub.peakConcurrency).toBe(3);
    stub.reset();
    expect(stub.peakConcurrency).toBe(0);
  });
});

describe('under fire', () => {
  test('a huge body is refused and not kept', async () => {
    const response = await call('/mint', { method: 'POST', body: 'x'.repeat(1024 * 1024) }).catch(() => null);
    expect(response === null || response.status === 413).toBe(true);
    expect(stub.calls()[0]?.body).toBe('');
  });

  test('what still hangs is dropped before the next check', async () => {
    stub.script({ fault: 'hang' });
    const hanging = request(`${stub.url}/mint`, { method: 'POST' }).end();
    const dropped = once(hanging, 'error');
    await until(() => stub.calls().length === 1);
    stub.renew();
    await dropped;
    expect(stub.calls()).toEqual([]);
  });
});

test('bodies that come byte by byte, many at once, are refused before they fill the memory', async () => {
  const opened = Array.from({ length: 40 }, () => {
    const slow = request(`${stub.url}/mint`, { method: 'POST' });
    slow.on('error', () => undefined);
    // Who still writes when it is refused may be cut off before it can read the answer; not all are.
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.once('response', (response) => resolve(response.resume().statusCode));
      slow.once('close', () => reject(new Error('closed without an answer')));
    });
    return { slow, answered };
  });
  for (const { slow } of opened) for (let i = 0; i < 2000; i++) slow.write('x');
  const first = await Promise.any(opened.map(({ answered }) => answered));
  for (const { slow } of opened) slow.destroy();
  expect(first).toBe(413);
  await until(() => stub.activity().open === 0);
  expect((await call('/mint')).status).toBe(201);
});
