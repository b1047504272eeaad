import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { makeAppeal } from '../../../harness/store/appeals.js';
import { listItems } from '../../../harness/store/regrade-items.js';
import { recordDecision } from '../../../harness/store/reviews.js';
import { tarGz } from '../support/archive.js';
import { read, sent } from '../support/pages.js';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';
import { until } from '../support/until.js';
import type { Visitor } from '../support/visitor.js';
import { actor, grade, gradedSubmission, measured, ORG } from './support.js';

jest.setTimeout(60_000);

let server: TestServer;
let manager: Visitor;
let reviewer: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  manager = await signedIn(server, 'manager');
  reviewer = await signedIn(server, 'reviewer');
});
afterAll(() => server.close());

describe('invites', () => {
  const fields = {
    candidate: 'Grace',
    assessment: 'pack-basic',
    deadline: '2031-02-03T17:30',
    extraMinutes: '30',
    maxSubmissions: '2',
    reveal: 'whenGraded',
  };

  test('are made with a link that is shown once, changed and closed', async () => {
    const made = await manager.send('/invites', '/invites', fields);
    const text = await made.text();
    const link = /value="(http[^"]+\/invitation\/asr_[\w-]+)"/.exec(text)?.[1] ?? '';
    expect([made.status, link]).toEqual([201, expect.stringContaining(server.url)]);
    const list = await read(manager, '/invites');
    expect(list).toContain('Grace');
    expect(list).not.toContain('asr_');
    const href = /href="(\/invites\/inv-[^"]+)"/.exec(list)?.[1] ?? '';
    expect(await read(manager, href)).toContain('value="2031-02-03T17:30"');
    const { candidate: _, assessment: __, ...change } = fields;
    const changed = await sent(manager, href, href, { ...change, extraMinutes: '45' });
    expect(await read(manager, changed)).toContain('The invite is changed.');
    await sent(manager, href, `${href}/revoke`, {});
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(404);
  });

  test('are none of a reviewer’s business, nor is the extra time', async () => {
    expect((await reviewer.get('/invites')).status).toBe(403);
    expect((await manager.send('/invites', '/invites', { ...fields, deadline: 'soon' })).status).toBe(422);
  });
});

describe('the review of a submission', () => {
  test('takes notes, a decision, an override and the answer to an appeal, and makes links', async () => {
    const { id } = await gradedSubmission(server.store, 'fail', {
      assessment: { id: 'pack-basic', version: '0.0.1', digest: 'd'.repeat(64) },
    });
    const path = `/submissions/${id}/review`;
    const page = await read(manager, path);
    expect(page).toContain('Not decided');
    expect(page).toContain('stale');
    await sent(manager, path, `${path}/notes`, {
      'note.overall': 'Knows <b>much</b>.',
      'rating.overall': '3',
    });
    await sent(manager, path, `${path}/decisions`, { verdict: 'hold', reason: 'One more talk.' });
    await sent(manager, path, `${path}/overrides`, { check: 'b', outcome: 'pass', reason: 'Works by hand.' });
    await makeAppeal(server.store, actor, id, 'b is unfair');
    await sent(manager, path, `${path}/appeal`, { upheld: 'yes', words: 'You are right.' });
    const made = await manager.send(path, `/submissions/${id}/shares`, { audience: 'candidate', days: '3' });
    const link = /value="(http[^"]+\/shared\/asr_[\w-]+)"/.exec(await made.text())?.[1] ?? '';
    expect((await fetch(link)).status).toBe(200);
    const after = await read(manager, path);
    for (const words of ['On hold', 'One more talk.', 'Works by hand.', 'You are right.', 'total 100.0']) {
      expect(after).toContain(words);
    }
    expect(after).toContain('Knows &lt;b&gt;much&lt;/b&gt;.');
    const share = /\/shares\/(shr-[^/]+)\/revoke/.exec(after)?.[1] ?? '';
    await sent(manager, path, `/submissions/${id}/shares/${share}/revoke`, {});
    expect((await fetch(link)).status).toBe(404);
    await sent(manager, path, `${path}/overrides`, { check: 'b', outcome: '', reason: 'It does not.' });
    expect(await read(manager, path)).toContain('total 66.7');
  });

  test('lets a reviewer write notes, and nothing else', async () => {
    const { id } = await gradedSubmission(server.store);
    const path = `/submissions/${id}/review`;
    const page = await read(reviewer, path);
    expect(page).toContain('Save notes');
    expect(page).not.toMatch(/Record the decision|Override|Erase|Make a link/);
    await sent(reviewer, path, `${path}/notes`, { 'note.a': 'Fine.', 'rating.a': '' });
    expect((await reviewer.send(path, `${path}/decisions`, { verdict: 'hold', reason: 'mine' })).status).toBe(
      403,
    );
    expect(await read(manager, path)).toContain('Fine.');
  });

  test('ends with erasing it', async () => {
    const { id } = await gradedSubmission(server.store);
    await sent(manager, `/submissions/${id}/review`, `/submissions/${id}/erase`, { sure: 'yes' });
    expect((await manager.get(`/submissions/${id}/review`)).status).toBe(404);
  });
});

describe('a regrade', () => {
  test('is begun, looked at and closed', async () => {
    await gradedSubmission(server.store, 'fail', {
      assessment: { id: 'pack-basic', version: '0.0.1', digest: 'd'.repeat(64) },
    });
    const begin = {
      kind: 'rescore',
      assessment: 'pack-basic',
      bar: '70',
      reason: 'new weights',
      stale: 'on',
      scoreFrom: '',
      scoreTo: '80',
    };
    const path = await sent(manager, '/regrades', '/regrades', begin);
    const ready = await until(async () => {
      const text = await read(manager, path);
      return text.includes('Nothing of it can be promoted') && text;
    });
    expect(ready).toContain('Rerun it instead');
    expect(await read(reviewer, path)).not.toContain('Discard it');
    await sent(manager, path, `${path}/close`, { as: 'discarded', reason: 'a rerun it is' });
    expect(await read(manager, '/regrades')).toContain('Discarded');
    for (const nobody of [{ submission: 'sub-none' }, { scoreFrom: '79.5' }]) {
      expect((await manager.send('/regrades', '/regrades', { ...begin, ...nobody })).status).toBe(422);
    }
  });

  test('that counts is in the history of the submission, with each check that ended otherwise', async () => {
    const assessment = { id: 'pack-basic', version: '0.0.1', digest: 'd'.repeat(64) };
    const { id } = await gradedSubmission(server.store, 'fail', { assessment });
    const begin = { kind: 'rerun', assessment: assessment.id, bar: '70', reason: 'too busy', submission: id };
    const path = await sent(manager, '/regrades', '/regrades', begin);
    const [item] = await listItems(server.store, ORG, path.split('/').at(-1) ?? '', { offset: 0, limit: 1 });
    await grade(server.store, item?.run ?? '', measured('pass', { assessment }));
    await until(async () => (await read(manager, path)).includes('Make the new totals count'));
    await sent(manager, path, `${path}/close`, { as: 'promoted', reason: 'the machine was to blame' });
    const review = await until(async () => {
      const text = await read(manager, `/submissions/${id}/review`);
      return text.includes('the total was 66.7 before') && text;
    });
    expect(review).toContain('the machine was to blame');
    expect(review).toMatch(/<li>[^<]*failed, 0 of 2 points, now passed, 2 of 2 points \(\+33\.3\)<\/li>/);
  });
});

test('a form for a submission that is sent twice submits once', async () => {
  const html = await read(manager, '/submissions/new');
  const body = new FormData();
  for (const name of ['_csrf', 'key']) {
    body.set(name, new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '');
  }
  body.set('assessment', 'pack-basic');
  body.set('archive', new Blob([new Uint8Array(await tarGz({ 'server.js': 'void 0' }))]), 'work.tar.gz');
  const click = () =>
    manager.request('/submissions', {
      method: 'POST',
      body,
      headers: { 'sec-fetch-site': 'same-origin' },
    });
  const [first, second] = [await click(), await click()];
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
});

test('blind review hides the name on every page until there is a decision', async () => {
  const { id } = await gradedSubmission(server.store, 'fail', {
    candidate: 'Zebulon Quist',
    source: { kind: 'upload', name: 'zebulon-quist.zip' },
  });
  await manager.api('PUT', '/api/v1/policy', { blindReview: true, keepDays: null });
  const paths = [
    `/submissions/${id}`,
    `/submissions/${id}/review`,
    `/submissions/${id}/run`,
    '/submissions',
    '/regrades',
  ];
  for (const path of [
    ...paths,
    '/submissions?q=Zebulon',
    `/api/v1/submissions/${id}`,
    `/compare?submission=${id}`,
  ]) {
    const text = await (await manager.get(path)).text();
    expect([path, text.replaceAll('value="Zebulon"', '')]).toEqual([
      path,
      expect.not.stringMatching(/zebulon.quist/i),
    ]);
  }
  await recordDecision(server.store, actor, id, { verdict: 'hold', reason: 'x' });
  expect(await read(manager, `/submissions/${id}/review`)).toContain('Zebulon Quist');
  await manager.api('PUT', '/api/v1/policy', { blindReview: false, keepDays: null });
});
