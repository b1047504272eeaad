import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { listAudit } from '../../../harness/store/audit.js';
import { createShare } from '../../../harness/store/shares.js';
import { actor, gradedSubmission, ORG } from '../review/support.js';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';
import type { Visitor } from '../support/visitor.js';

jest.setTimeout(60_000);

let server: TestServer;
let reviewer: Visitor & { readonly id: string };

beforeAll(async () => {
  server = await startTestServer({ ASSAYER_CHROMIUM: '/nowhere/chromium' });
  reviewer = await signedIn(server, 'reviewer');
});
afterAll(() => server.close());

const written = async (submission: string) =>
  (await listAudit(server.store, ORG, { subject: submission, limit: 50 })).map(
    ({ action, actor_id: who, details }) => ({ action, who, details }),
  );

test.each([
  ['json', '/api/v1/submissions/:id/scorecard.json'],
  ['html', '/api/v1/submissions/:id/scorecard.html'],
  ['html', '/api/v1/submissions/:id/scorecard'],
  ['html', '/submissions/:id/scorecard.html'],
  ['csv', '/submissions/:id/scorecard.csv'],
])('who takes a scorecard along as %s is written down (%s)', async (form, path) => {
  const { id } = await gradedSubmission(server.store);
  expect((await reviewer.get(path.replace(':id', id))).status).toBe(200);
  expect(await written(id)).toEqual([
    { action: 'scorecard.downloaded', who: reviewer.id, details: { form } },
  ]);
});

test('a comparison is written down for each that is in it', async () => {
  const [one, other] = [await gradedSubmission(server.store), await gradedSubmission(server.store, 'pass')];
  const answer = await reviewer.get(`/compare.csv?submission=${one.id}&submission=${other.id}`);
  expect(answer.status).toBe(200);
  for (const { id } of [one, other]) {
    expect(await written(id)).toEqual([
      { action: 'scorecard.downloaded', who: reviewer.id, details: { form: 'comparison' } },
    ]);
  }
});

test('a link that is opened is written down as the link', async () => {
  const { id } = await gradedSubmission(server.store);
  const share = await createShare(server.store, actor, id, { audience: 'candidate', days: 1 });
  expect((await fetch(`${server.url}/shared/${share?.secret}`)).status).toBe(200);
  const [opened] = await written(id);
  expect(opened).toEqual({ action: 'share.opened', who: share?.id, details: { share: share?.id } });
});

test('looking at a page is no download, and neither is what was not given', async () => {
  const { id } = await gradedSubmission(server.store);
  expect((await reviewer.get(`/submissions/${id}`)).status).toBe(200);
  expect((await reviewer.get(`/submissions/${id}/scorecard.pdf`)).status).toBe(503);
  expect(await written(id)).toEqual([]);
});
