import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { commitResult } from '../../harness/store/endings.js';
import { appendEvents } from '../../harness/store/events.js';
import { createInvite } from '../../harness/store/invites.js';
import { goldenScorecard } from '../golden/build/scorecard.js';
import { actor } from '../integration/review/support.js';
import { tarGz } from '../integration/support/archive.js';
import { graded } from '../integration/support/records.js';
import { launchChromium } from './support/browser.js';
import { runOf } from './support/house.js';
import type { TestPlatform } from './support/platform.js';
import { expectAccessible, openPage, startPlatform } from './support/platform.js';

jest.setTimeout(60_000);

let browser: Browser;
let platform: TestPlatform;
let manager = '';
let link = '';

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform(), launchChromium()]);
  manager = await platform.signedIn('manager');
  const deadline = new Date(Date.now() + 5 * 86_400_000);
  const wanted = {
    assessment: 'webhook-receiver',
    candidate: 'Grace <b>Hopper</b>',
    deadline,
    extraMinutes: 90,
  };
  const made = await createInvite(platform.store, actor, {
    ...wanted,
    maxSubmissions: 2,
    reveal: 'whenDecided',
  });
  link = `/invitation/${made.secret}`;
});
afterAll(async () => {
  await browser.close();
  await platform.close();
});

const idIn = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

test('a candidate opens the link, hands in, sees public checks as they come, the result, appeals, and withdraws', async () => {
  const { page, faults } = await openPage(browser, platform, 'none');
  await page.goto(link);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Webhook receiver');
  expect(await page.getByRole('heading', { name: 'Hello' }).textContent()).toBe('Hello Grace <b>Hopper</b>');
  const buffer = await tarGz({ 'package.json': '{"name":"x"}', 'server.js': 'void 0' });
  await page.getByLabel('Archive').setInputFiles({ name: 'g.tar.gz', mimeType: 'application/gzip', buffer });
  await page.getByRole('button', { name: 'Hand in' }).click();
  await page.getByText('Waiting to be run').waitFor();
  const submission = idIn(page);

  const claim = await platform.claim(await runOf(platform.store, submission));
  const check = { type: 'checkFinished', outcome: 'pass', message: 'hidden words' } as const;
  await appendEvents(platform.store, claim.run, claim.fence, [
    { type: 'stageStarted', stage: 'correctness' },
    { ...check, checkId: 'signature-tampered' },
    { ...check, checkId: 'pending-mint-resumes' },
  ]);
  await page.getByText('1 of 1 met').waitFor();
  await expectAccessible(page);
  await commitResult(platform.store, claim, { ...graded({ score: 60 }), scorecard: goldenScorecard() });
  await page.getByText('Once the team has decided').waitFor();
  expect(await page.content()).not.toMatch(/hidden words|curl|Your result/);

  const team = await openPage(browser, platform, manager);
  await team.page.goto(`/submissions/${submission}/review`);
  await team.page.getByLabel('Reason').first().fill('Strong on streams.');
  await team.page.getByRole('button', { name: 'Record the decision' }).click();
  await team.page.getByText('The decision is recorded.').waitFor();

  await page.reload();
  await page.getByRole('heading', { name: 'Your result' }).waitFor();
  await expectAccessible(page);
  await page.getByLabel('Say which check, and why').fill('The stream check is unfair.');
  await page.getByRole('button', { name: 'Appeal' }).click();
  await page.getByText('The team has not answered yet.').waitFor();

  await team.page.reload();
  await team.page.getByLabel('Words to the candidate').fill('You are right; we correct it.');
  await team.page.getByRole('button', { name: 'Answer' }).click();
  await team.page.getByText('The candidate sees your answer.').waitFor();
  await page.reload();
  await page.getByText('You are right; we correct it.').waitFor();

  await page.getByRole('link', { name: 'Your data' }).click();
  await page.getByLabel('I want to withdraw').check();
  await page.getByRole('button', { name: 'Erase everything' }).click();
  await page.getByRole('heading', { name: 'Everything is erased' }).waitFor();
  await expectAccessible(page);
  expect((await team.page.goto(`/submissions/${submission}/review`))?.status()).toBe(404);
  expect(faults).toEqual([]);
  await page.context().close();
  await team.page.context().close();
});
