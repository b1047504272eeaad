import { expect, jest, test } from '@jest/globals';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { commitResult } from '../../../harness/store/endings.js';
import { claimRun } from '../../../harness/store/leases.js';
import { DEFAULT_ORGANISATION } from '../../../harness/store/organisations.js';
import { createToken } from '../../../harness/store/tokens.js';
import { signOfLife } from '../../../harness/store/workers.js';
import { weaker } from '../../e2e/support/weaker.js';
import { goldenScorecard } from '../../golden/build/scorecard.js';
import { graded } from '../support/records.js';
import { problem, serverOfFile } from './caller.js';

jest.setTimeout(30_000);

const here = serverOfFile();
const { call, submitted } = here;
const json = async <T>(path: string): Promise<T> => (await (await call(path)).json()) as T;

const RECEIVER = '/api/v1/assessments/webhook-receiver';

test('an assessment is told with what candidates read; its hidden checks to the team alone', async () => {
  const detail = await json<{ brief: string; contract: string; checks: number }>(RECEIVER);
  expect(detail).toMatchObject({ id: 'webhook-receiver', limits: { memoryMb: 256 } });
  expect(detail.contract).toMatch(/^openapi: 3/m);
  const { items } = await json<{ items: { id: string; title: string; provedBy: string[] }[] }>(
    `${RECEIVER}/checks`,
  );
  expect(items).toHaveLength(detail.checks);
  expect(items.find(({ id }) => id === 'pending-mint-resumes')?.provedBy).not.toEqual([]);
  expect(JSON.stringify(detail).includes('pending-mint-resumes')).toBe(false);

  const wanted = { name: 'ci', scopes: ['submit'] as const, seconds: null, createdBy: null };
  const { secret } = await createToken(here.server.store, DEFAULT_ORGANISATION, wanted);
  const headers = { authorization: `Bearer ${secret}` };
  const starter = await call(`${RECEIVER}/starter.tar.gz`, { headers });
  expect(starter.headers.get('content-type')).toBe('application/gzip');
  expect(await problem(await call(`${RECEIVER}/checks`, { headers }))).toMatchObject({ status: 403 });
  const missing = await call('/api/v1/assessments/none-of-ours/checks');
  expect(await problem(missing)).toMatchObject({ status: 404, code: 'assessmentMissing' });
});

async function gradedAs(candidate: string, card: Scorecard): Promise<string> {
  const { store } = here.server;
  const { id, run } = await submitted({ candidate });
  const options = { worker: 'w', leaseSeconds: 60, maxAttempts: 3, alone: false };
  const claim = await claimRun(store, run.id, options);
  if (!claim) throw new Error('not claimed');
  const scorecard = { ...card, submission: { ...card.submission, candidate } };
  await commitResult(store, claim, { ...graded({ score: null }), scorecard });
  return id;
}

test('submissions are compared as on the page: places, ties and what made the difference', async () => {
  const ids = [await gradedAs('Grace', weaker(31)), await gradedAs('Ada', goldenScorecard())];
  const both = ids.map((id) => `submission=${id}`).join('&');
  const compared = await json<Record<'submissions' | 'differences', object[]>>(`/api/v1/comparison?${both}`);
  expect(compared.submissions).toMatchObject([
    { candidate: 'Ada', rank: 1, tied: false, score: 78.4, topics: { T3: { level: 'senior' } } },
    { candidate: 'Grace', rank: 2, score: 31 },
  ]);
  expect(compared.differences).toHaveLength(2);
  expect(compared.differences[0]).toMatchObject({
    outcomes: [
      { submission: ids[1], outcome: 'pass' },
      { submission: ids[0], outcome: 'fail' },
    ],
  });
  for (const path of [`comparison.csv?${both}`, `submissions/${ids[0]}/scorecard.csv`]) {
    const file = await call(`/api/v1/${path}`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(await file.text()).toContain('event-loop-free');
  }
  const alone = await problem(await call(`/api/v1/comparison?submission=${ids[0]}`));
  expect(alone).toMatchObject({ status: 422, detail: expect.stringContaining('choose two or more') });
});

test('workers, the queue and what runs are told', async () => {
  const { store } = here.server;
  await signOfLife(store, { id: 'w-1', host: 'grader', state: 'ready', reason: null });
  const { id, run } = await submitted({ candidate: 'Radia' });
  await claimRun(store, run.id, { worker: 'w-1', leaseSeconds: 60, maxAttempts: 3, alone: false });
  expect(await json('/api/v1/workers')).toMatchObject({
    workers: [{ id: 'w-1', state: 'ready' }],
    queue: { running: 1 },
    running: [{ submission: id, candidate: 'Radia', worker: 'w-1', attempts: 1 }],
    failures: [],
  });
});
