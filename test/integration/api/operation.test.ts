import { expect, jest, test } from '@jest/globals';
import { ROUTES } from '../../../harness/api/routes/index.js';
import { problem, serverOfFile, SUBMISSIONS } from './caller.js';

jest.setTimeout(30_000);

const here = serverOfFile();
const { call, submitted } = here;

test('health is told to whoever asks', async () => {
  expect((await fetch(`${here.server.url}/livez`)).status).toBe(200);
  const ready = await fetch(`${here.server.url}/readyz`);
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
  const answer = await fetch(`${here.server.url}/metrics`);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = await answer.text();
  expect(text).toMatch(
    /assayer_http_request_seconds_count\{method="POST",route="\/api\/v1\/submissions",status="202"\} \d/,
  );
  expect(text).toMatch(/assayer_runs\{state="queued"\} [1-9]/);
  expect(text).toContain('assayer_workers{state="ready"} 0');
  const proxied = await fetch(`${here.server.url}/metrics`, { headers: { 'x-forwarded-for': '127.0.0.1' } });
  expect(await problem(proxied)).toMatchObject({ status: 401 });
});

test('the interface describes itself, route by route', async () => {
  const answer = await fetch(`${here.server.url}/openapi.json`);
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
