import { expect, jest, test } from '@jest/globals';
import type { SubmissionResource } from '../../../harness/api/representation.js';
import { commitResult } from '../../../harness/store/endings.js';
import { appendEvents } from '../../../harness/store/events.js';
import type { Claim } from '../../../harness/store/leases.js';
import { claimRun } from '../../../harness/store/leases.js';
import { graded } from '../support/records.js';
import { problem, serverOfFile, SUBMISSIONS } from './caller.js';

jest.setTimeout(30_000);

const here = serverOfFile();
const { call, submitted } = here;

async function claimed({ run }: SubmissionResource): Promise<Claim> {
  const options = { worker: 'w', leaseSeconds: 60, maxAttempts: 3, alone: false };
  const claim = await claimRun(here.server.store, run.id, options);
  if (!claim) throw new Error('not claimed');
  return claim;
}

test('pages of submissions follow each other by cursor', async () => {
  for (let index = 0; index < 3; index += 1) await submitted({ candidate: `page ${index}` });
  const first = await call(`${SUBMISSIONS}?limit=2&assessment=pack-basic`);
  const page = (await first.json()) as { items: SubmissionResource[]; next: string };
  expect(first.headers.get('link')).toBe(`<${page.next}>; rel="next"`);
  expect(page.items.map(({ candidate }) => candidate)).toEqual(['page 2', 'page 1']);
  const second = (await (await call(page.next)).json()) as { items: SubmissionResource[] };
  expect(second.items[0]?.candidate).toBe('page 0');
  expect(await problem(await call(`${SUBMISSIONS}?limit=0`))).toMatchObject({ status: 422 });
});

test('events are streamed as they come, resumed after the last one seen, and end with the run', async () => {
  const submission = await submitted();
  const claim = await claimed(submission);
  const answer = await call(submission.links.events);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reading = answer.text();
  await appendEvents(here.server.store, claim.run, claim.fence, [{ type: 'stageStarted', stage: 'install' }]);
  const running = (await (await call(submission.links.self)).json()) as SubmissionResource;
  expect(running.run).toMatchObject({ state: 'running', progress: { stage: 'install', checksTotal: 4 } });
  await commitResult(here.server.store, claim, graded({ score: 64 }));
  const text = await reading;
  expect([...text.matchAll(/^event: (\w+)$/gm)].map(([, type]) => type)).toEqual([
    'queued',
    'started',
    'stageStarted',
    'finished',
  ]);
  const rest = await (await call(submission.links.events, { headers: { 'last-event-id': '3' } })).text();
  expect(rest).toContain('id: 4\nevent: finished\n');
  expect(rest).not.toContain('id: 3');
  expect((await call(submission.links.events, { headers: { 'last-event-id': '4' } })).status).toBe(204);
});

test('a scorecard is there as JSON and as a page once the run is done', async () => {
  const submission = await submitted();
  const { scorecard } = submission.links;
  expect(await problem(await call(scorecard))).toMatchObject({ status: 409, code: 'scorecardNotReady' });
  await commitResult(here.server.store, await claimed(submission), graded({ score: 71 }));

  const asJson = await call(scorecard);
  expect(await asJson.json()).toMatchObject({ overall: { score: 71 } });
  for (const page of [
    await call(scorecard, { headers: { accept: 'text/html' } }),
    await call(`${scorecard}.html`),
  ]) {
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<html');
  }
  expect(await problem(await call(scorecard, { headers: { accept: 'image/png' } }))).toMatchObject({
    status: 406,
  });
});

test('a waiting run is cancelled, and then says so instead of a scorecard', async () => {
  const submission = await submitted();
  const cancel = `${submission.links.self}/cancel`;
  const answer = await call(cancel, { method: 'POST' });
  expect(answer.status).toBe(202);
  expect(await answer.json()).toMatchObject({ run: { state: 'cancelled' } });
  expect(await problem(await call(cancel, { method: 'POST' }))).toMatchObject({
    status: 409,
    code: 'runFinished',
  });
  expect(await problem(await call(submission.links.scorecard))).toMatchObject({
    status: 409,
    code: 'notGraded',
  });
});
