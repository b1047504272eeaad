import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Invite } from '../../../harness/store/invites.js';
import type { RegradeItem, RegradeView } from '../../../harness/store/regrade-items.js';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';
import { until } from '../support/until.js';
import type { Visitor } from '../support/visitor.js';
import { gradedSubmission, inDays } from './support.js';

jest.setTimeout(60_000);

let server: TestServer;
let manager: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  manager = await signedIn(server, 'manager');
});
afterAll(() => server.close());

async function ask<T>(method: string, path: string, expected: number, body?: object): Promise<T> {
  const answer = await manager.api(method, `/api/v1${path}`, body);
  const text = await answer.text();
  expect([answer.status, text]).toEqual([expected, expect.anything()]);
  return (text === '' ? null : JSON.parse(text)) as T;
}

describe('invites', () => {
  test('are made, changed, listed and revoked', async () => {
    const wanted = { assessment: 'pack-basic', candidate: 'Ada', deadline: inDays(2).toISOString() };
    const made = await ask<Invite & { path: string }>('POST', '/invites', 201, wanted);
    expect(made).toMatchObject({
      candidate: 'Ada',
      extraMinutes: 0,
      maxSubmissions: 3,
      reveal: 'whenDecided',
    });
    expect(made.path).toMatch(/^\/invitation\/asr_/);
    const changed = await ask<Invite>('PATCH', `/invites/${made.id}`, 200, { extraMinutes: 60 });
    expect(changed).toMatchObject({ extraMinutes: 60, maxSubmissions: 3 });
    expect((await ask<{ items: Invite[] }>('GET', '/invites', 200)).items[0]?.id).toBe(made.id);
    expect((await ask<Invite>('POST', `/invites/${made.id}/revoke`, 200)).revokedAt).not.toBeNull();
    await ask('GET', '/invites/inv-nobody', 404);
    await ask('POST', '/invites', 422, { ...wanted, assessment: 'none' });
    await ask('POST', '/invites', 422, { ...wanted, candidate: '' });
  });
});

describe('a review', () => {
  test('holds notes, decisions, overrides and every attempt', async () => {
    const { id, run } = await gradedSubmission(server.store, 'fail');
    await ask('PUT', `/submissions/${id}/review/notes/a`, 204, { note: 'Clear.', rating: 3 });
    await ask('POST', `/submissions/${id}/review/decisions`, 204, { verdict: 'advance', reason: 'Strong.' });
    const overridden = { check: 'b', outcome: 'pass', reason: 'Works by hand.' };
    expect(await ask('POST', `/submissions/${id}/review/overrides`, 200, overridden)).toEqual({ score: 100 });
    await ask('POST', `/submissions/${id}/review/overrides`, 422, { ...overridden, check: 'zzz' });
    await ask('POST', `/submissions/${id}/review/appeal`, 409, { upheld: true, words: 'Yes.' });
    expect(await ask('GET', `/submissions/${id}/review`, 200)).toMatchObject({
      notes: [{ question: 'a', note: 'Clear.', rating: 3 }],
      decisions: [{ verdict: 'advance', reason: 'Strong.' }],
      attempts: [{ run, counts: true, score: 100, regrade: null }],
      appeals: [],
      rescorings: [],
    });
  });

  test('a link can be made, and revoked once', async () => {
    const { id } = await gradedSubmission(server.store);
    const made = await ask<{ id: string; path: string }>('POST', `/submissions/${id}/shares`, 201, {
      days: 3,
    });
    expect(made.path).toMatch(/^\/shared\/asr_/);
    expect(await ask('GET', `/submissions/${id}/shares`, 200)).toMatchObject({
      items: [{ audience: 'candidate' }],
    });
    const shown = await fetch(`${server.url}${made.path}`);
    expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('Your result')]);
    await ask('POST', `/shares/${made.id}/revoke`, 204);
    expect((await fetch(`${server.url}${made.path}`)).status).toBe(404);
    await ask('POST', `/shares/${made.id}/revoke`, 404);
    await ask('POST', '/submissions/sub-none/shares', 404, {});
  });

  test('erasing leaves nothing to look at', async () => {
    const { id } = await gradedSubmission(server.store);
    await ask('DELETE', `/submissions/${id}`, 204);
    await ask('DELETE', `/submissions/${id}`, 404);
    await ask('GET', `/submissions/${id}/review`, 404);
  });
});

describe('a regrade', () => {
  test('is worked out by the server, and told with its causes', async () => {
    await gradedSubmission(server.store, 'fail', {
      assessment: { id: 'pack-basic', version: '0.0.1', digest: 'd'.repeat(64) },
    });
    const wanted = { kind: 'rescore', assessment: 'pack-basic', stale: true, reason: 'new weights' };
    const begun = await ask<RegradeView>('POST', '/regrades', 202, wanted);
    await ask('POST', `/regrades/${begun.id}/promote`, 409, { reason: 'too early' }).catch(() => undefined);
    const ready = await until(async () => {
      const now = await ask<RegradeView>('GET', `/regrades/${begun.id}`, 200);
      return now.state === 'ready' && now;
    });
    // The checks of that pack are others than those of the stored run: that is said, and nothing is guessed.
    expect(ready.counts).toMatchObject({ failed: 1, ready: 0 });
    const { items } = await ask<{ items: RegradeItem[] }>('GET', `/regrades/${begun.id}/items`, 200);
    expect(items[0]?.problem).toContain('Rerun it instead');
    await ask('POST', `/regrades/${begun.id}/discard`, 200, { reason: 'a rerun it is' });
    await ask('POST', `/regrades/${begun.id}/discard`, 409, { reason: 'again' });
    await ask('POST', '/regrades', 422, { ...wanted, scoreFrom: 99 });
    await ask('GET', '/regrades/rgd-none', 404);
  });
});

test('the policy is read and changed, and hides names from then on', async () => {
  const { id } = await gradedSubmission(server.store);
  expect(await ask('GET', '/policy', 200)).toEqual({ blindReview: false, keepDays: null });
  await ask('PUT', '/policy', 200, { blindReview: true, keepDays: 90 });
  expect(await ask('GET', `/submissions/${id}`, 200)).toMatchObject({ candidate: null });
  const card = await manager.get(`/api/v1/submissions/${id}/scorecard.html`);
  expect(await card.text()).not.toMatch(/Ada|sample\.tar\.gz/);
  await ask('PUT', '/policy', 200, { blindReview: false, keepDays: null });
});
