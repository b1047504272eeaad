import { expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Store } from '../../../harness/store/database.js';
import { cancelRun, commitResult, endWithout } from '../../../harness/store/endings.js';
import { appendEvents, readEvents, readProgress } from '../../../harness/store/events.js';
import { expireLeases } from '../../../harness/store/expiry.js';
import type { Claim } from '../../../harness/store/leases.js';
import { claimRun, releaseRun, renewLease } from '../../../harness/store/leases.js';
import { createLink, redeemLink } from '../../../harness/store/links.js';
import { DEFAULT_ORGANISATION as ORG } from '../../../harness/store/organisations.js';
import { drainOutbox, waitingRuns } from '../../../harness/store/outbox.js';
import { findRecord, findScorecard, replaceScorecard } from '../../../harness/store/scorecards.js';
import { acceptSubmission, findSubmission, listSubmissions } from '../../../harness/store/submissions.js';
import { createSession, findSession } from '../../../harness/store/sessions.js';
import { createToken, findToken, revokeToken } from '../../../harness/store/tokens.js';
import { eachWithFreshStore } from '../support/fresh-store.js';
import { graded, newSubmission } from '../support/records.js';

jest.setTimeout(30_000);

let store: Store;
eachWithFreshStore((fresh) => (store = fresh));

const options = { worker: 'w1', leaseSeconds: 20, maxAttempts: 3, alone: false };
const verdict = { code: 'internal', stage: 'boot', message: 'Ours.', logTail: '' } as const;

async function accepted(): Promise<string> {
  const result = await acceptSubmission(store, ORG, newSubmission(), null);
  if (result.kind === 'keyReused') throw new Error('unexpected');
  expect(await findSubmission(store, ORG, result.view.submission.id)).toEqual(result.view);
  return result.view.run.id;
}

async function claimed(run: string, alone = false): Promise<Claim> {
  const claim = await claimRun(store, run, { ...options, alone });
  if (!claim) throw new Error('not claimed');
  return claim;
}

const expireNow = (run: string): Promise<unknown> =>
  sql`update runs set lease_expires_at = now() - interval '1 second' where id = ${run}`.execute(store);

const types = async (run: string): Promise<string[]> =>
  (await readEvents(store, run, 0, 100)).map(({ event }) => event.type);

test('accepting commits submission, run, first event and the note for the queue together', async () => {
  const run = await accepted();
  expect(await types(run)).toEqual(['queued']);
  const seen: unknown[] = [];
  const count = await drainOutbox(store, 10, async (notes) => void seen.push(...notes));
  expect(count).toBe(1);
  expect(seen).toEqual([expect.objectContaining({ run, fence: 0, delayMs: 0, alone: false })]);
  expect(await drainOutbox(store, 10, async () => undefined)).toBe(0);
});

test('a note stays in the outbox when the queue does not take it', async () => {
  await accepted();
  const refuse = (): Promise<void> => Promise.reject(new Error('Redis is away'));
  await expect(drainOutbox(store, 10, refuse)).rejects.toThrow('Redis is away');
  expect(await drainOutbox(store, 10, async () => undefined)).toBe(1);
});

test('one Idempotency-Key makes one submission, also at once, and is refused for another', async () => {
  const key = { principal: 'tok-ci', key: 'k1', fingerprint: 'same' };
  const results = await Promise.all(
    Array.from({ length: 8 }, () => acceptSubmission(store, ORG, newSubmission(), key)),
  );
  expect(results.filter((result) => result.kind === 'accepted')).toHaveLength(1);
  expect(new Set(results.map((result) => 'view' in result && result.view.submission.id)).size).toBe(1);
  expect(await listSubmissions(store, ORG, { limit: 10 })).toHaveLength(1);
  const other = await acceptSubmission(store, ORG, newSubmission(), { ...key, fingerprint: 'other' });
  expect(other).toEqual({ kind: 'keyReused' });
});

test('a run is claimed once; when its worker died it is claimed again, by a worker that runs nothing else', async () => {
  const run = await accepted();
  const tries = await Promise.all(Array.from({ length: 5 }, () => claimRun(store, run, options)));
  expect(tries.filter((claim) => claim !== null)).toHaveLength(1);
  await expireNow(run);
  expect(await claimRun(store, run, options)).toBeNull();
  await expireLeases(store, 3);
  expect(await claimRun(store, run, options)).toBeNull();
  expect(await claimed(run, true)).toMatchObject({ attempt: 2, fence: 2 });
});

test('only the holder of the current claim can commit, renew, write events or give back', async () => {
  const run = await accepted();
  const stale = await claimed(run);
  await expireNow(run);
  await expireLeases(store, 3);
  const current = await claimed(run, true);

  expect(await renewLease(store, stale, 20)).toBe('lost');
  expect(await appendEvents(store, run, stale.fence, [{ type: 'stageStarted', stage: 'boot' }])).toBe(false);
  expect(await releaseRun(store, stale, { reason: 'r', counts: true, delaySeconds: 0 })).toBe(false);
  expect(await endWithout(store, stale, 'failed', verdict)).toBe(false);
  expect(await commitResult(store, stale, graded({ score: 10 }))).toBe(false);
  expect(await findScorecard(store, ORG, run)).toBeNull();

  expect(await commitResult(store, current, graded({ score: 90 }))).toBe(true);
  expect(await commitResult(store, current, graded({ score: 20 }))).toBe(false);
  expect((await findScorecard(store, ORG, run))?.overall.score).toBe(90);
  expect(await types(run)).toEqual(['queued', 'started', 'requeued', 'started', 'finished']);
});

test('an expired lease sends the run back, the last attempt ends it with a verdict of ours', async () => {
  const run = await accepted();
  await drainOutbox(store, 10, async () => undefined);
  for (const attempt of [1, 2]) {
    expect(await claimed(run, attempt > 1)).toMatchObject({ attempt });
    await expireNow(run);
    expect(await expireLeases(store, 3)).toEqual({ requeued: 1, ended: 0 });
    expect(await drainOutbox(store, 10, async () => undefined)).toBe(1);
  }
  const last = await claimed(run, true);
  await expireNow(run);
  expect(await expireLeases(store, 3)).toEqual({ requeued: 0, ended: 1 });
  const [view] = await listSubmissions(store, ORG, { limit: 1 });
  expect(view?.run).toMatchObject({ state: 'failed', attempts: 3, verdict: { code: 'attemptsExhausted' } });
  expect(await commitResult(store, last, graded({ score: 50 }))).toBe(false);
});

test('a finished run can be judged again', async () => {
  const run = await accepted();
  expect(await findRecord(store, run)).toBeNull();
  await commitResult(store, await claimed(run), graded({ score: 40 }));
  expect(await findRecord(store, run)).toMatchObject({
    assessment: 'sample',
    record: { status: 'graded' },
  });
  await replaceScorecard(store, run, graded({ score: 55 }).scorecard);
  expect((await findScorecard(store, ORG, run))?.overall.score).toBe(55);
  expect((await listSubmissions(store, ORG, { limit: 1 }))[0]?.run.score).toBe(55);
});

test('a run that was given back without a fault has all its attempts left', async () => {
  const run = await accepted();
  const claim = await claimed(run);
  await releaseRun(store, claim, { reason: 'restart', counts: false, delaySeconds: 0 });
  expect(await claimed(run)).toMatchObject({ attempt: 1, fence: 2 });
});

test('a waiting run is cancelled at once, a running one on its next sign of life, a finished one not at all', async () => {
  const waiting = await accepted();
  expect(await cancelRun(store, ORG, waiting)).toBe('cancelled');
  expect(await claimRun(store, waiting, options)).toBeNull();
  expect(await cancelRun(store, ORG, waiting)).toBe('over');

  const running = await accepted();
  const claim = await claimed(running);
  expect(await cancelRun(store, ORG, running)).toBe('asked');
  expect(await renewLease(store, claim, 20)).toBe('cancelled');
  await expireNow(running);
  expect(await expireLeases(store, 3)).toEqual({ requeued: 0, ended: 1 });
  expect((await types(running)).at(-1)).toBe('finished');
});

test('waiting runs are listed for the reconciler once they have settled and are in no outbox', async () => {
  const run = await accepted();
  expect(await waitingRuns(store, 10, 0)).toEqual([]);
  await drainOutbox(store, 10, async () => undefined);
  expect(await waitingRuns(store, 10, 60)).toEqual([]);
  expect(await waitingRuns(store, 10, 0)).toMatchObject([{ run, fence: 0 }]);
});

test('events keep their order and numbers, and progress counts the current attempt alone', async () => {
  const run = await accepted();
  const first = await claimed(run);
  const done = { type: 'checkFinished', checkId: 'a', outcome: 'pass', message: '' } as const;
  await appendEvents(store, run, first.fence, [{ type: 'stageStarted', stage: 'correctness' }, done, done]);
  expect(await readProgress(store, run)).toEqual({ stage: 'correctness', checksFinished: 2 });
  await releaseRun(store, first, { reason: 'again', counts: true, delaySeconds: 0 });
  await claimed(run);
  expect(await readProgress(store, run)).toEqual({ stage: null, checksFinished: 0 });
  const seqs = (await readEvents(store, run, 0, 100)).map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  expect(await readEvents(store, run, 4, 1)).toMatchObject([{ seq: 5 }]);
});

test('text that PostgreSQL would refuse is stored all the same', async () => {
  const run = await accepted();
  const claim = await claimed(run);
  const line = 'nul \u0000 half \ud800 pair 😀 text \\u0000';
  await appendEvents(store, run, claim.fence, [{ type: 'log', stage: 'install', line }]);
  const events = await readEvents(store, run, 2, 10);
  expect(events[0]?.event).toMatchObject({ line: 'nul \ufffd half \ufffd pair 😀 text \\u0000' });
});

test('pages of submissions are stable and can be filtered', async () => {
  for (let index = 0; index < 5; index += 1) await accepted();
  const first = await listSubmissions(store, ORG, { limit: 3 });
  await accepted();
  const second = await listSubmissions(store, ORG, { limit: 3, before: first.at(-1)?.submission.id });
  const ids = [...first, ...second].map((view) => view.submission.id);
  expect(new Set(ids).size).toBe(5);
  expect(await listSubmissions(store, ORG, { limit: 10, state: 'running' })).toEqual([]);
  expect(await listSubmissions(store, ORG, { limit: 10, assessment: 'another' })).toEqual([]);
});

test('tokens are kept as digests, expire, are revoked by their organisation alone, and a link works once', async () => {
  const ci = { name: 'ci', scopes: ['submit'], seconds: null, createdBy: null } as const;
  const { id, secret } = await createToken(store, ORG, ci);
  expect(await findToken(store, secret)).toMatchObject({
    id,
    organisation: ORG,
    role: 'ci',
    scopes: ['submit'],
  });
  expect(await findSession(store, secret)).toBeNull();
  expect(await findToken(store, `${secret}x`)).toBeNull();
  const stored = await store.selectFrom('tokens').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain(secret);
  expect(stored[0]?.last_used_at).toBeInstanceOf(Date);

  const stale = await createToken(store, ORG, { ...ci, seconds: -1 });
  expect(await findToken(store, stale.secret)).toBeNull();
  const link = await createLink(store, ORG, { purpose: 'signIn', person: null, token: id, seconds: 60 });
  expect(await redeemLink(store, 'reset', link)).toBeNull();
  const uses = await Promise.all([redeemLink(store, 'signIn', link), redeemLink(store, 'signIn', link)]);
  expect(uses.filter((use) => use?.token === id)).toHaveLength(1);

  const session = await createSession(store, ORG, {
    holder: { token: id },
    seconds: 60,
    address: '',
    agent: '',
  });
  expect(await findSession(store, session)).toMatchObject({ id, kind: 'token' });
  expect(await revokeToken(store, 'org-other', id)).toBe(false);
  expect(await revokeToken(store, ORG, id)).toBe(true);
  expect(await findToken(store, secret)).toBeNull();
  expect(await findSession(store, session)).toBeNull();
});

test('what an organisation owns is not there for another', async () => {
  const run = await accepted();
  const claim = await claimed(run);
  await commitResult(store, claim, graded({ score: 50 }));
  expect(await findSubmission(store, 'org-other', claim.submission)).toBeNull();
  expect(await listSubmissions(store, 'org-other', { limit: 10 })).toEqual([]);
  expect(await findScorecard(store, 'org-other', run)).toBeNull();
  const waiting = await accepted();
  expect(await cancelRun(store, 'org-other', waiting)).toBe('over');
  expect(await cancelRun(store, ORG, waiting)).toBe('cancelled');
});
