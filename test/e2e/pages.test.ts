import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { listAudit } from '../../harness/store/audit.js';
import { appendEvents } from '../../harness/store/events.js';
import { endWithout } from '../../harness/store/endings.js';
import { DEFAULT_ORGANISATION } from '../../harness/store/organisations.js';
import { goldenScorecard } from '../golden/build/scorecard.js';
import { tarGz } from '../integration/support/archive.js';
import { launchChromium } from './support/browser.js';
import type { TestPlatform } from './support/platform.js';
import { startedRun } from './support/house.js';
import { openPage, startPlatform } from './support/platform.js';
import { weaker } from './support/weaker.js';

jest.setTimeout(60_000);

let browser: Browser;
let platform: TestPlatform;
const sessions: Record<'admin' | 'manager' | 'reviewer', string> = { admin: '', manager: '', reviewer: '' };
let ada = '';
let running = '';

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform(), launchChromium()]);
  for (const role of ['admin', 'manager', 'reviewer'] as const)
    sessions[role] = await platform.signedIn(role);
  ada = await platform.gradedAs('Ada Lovelace', goldenScorecard());
  await platform.gradedAs('Grace <b>Hopper</b>', weaker(31));
  running = await startedRun(platform, 'Radia Perlman');
  const failed = await platform.submission('Joan Clarke');
  const verdict = { code: 'internal', stage: 'boot', message: 'A fault of ours.', logTail: '' } as const;
  await endWithout(platform.store, await platform.claim(failed.run), 'failed', verdict);
});
afterAll(async () => {
  await browser.close();
  await platform.close();
});

const at = (page: Page, path: string): Promise<unknown> => page.goto(path, { waitUntil: 'load' });

describe('a manager', () => {
  test('submits an archive by the form, sees it wait, and cancels it', async () => {
    const { page, faults } = await openPage(browser, platform, sessions.manager);
    await at(page, '/assessments');
    await page.getByRole('link', { name: 'Webhook receiver' }).click();
    await page.getByRole('link', { name: 'New submission' }).click();
    expect(await page.getByLabel('Assessment').inputValue()).toBe('webhook-receiver');
    await page.getByRole('button', { name: 'Submit for grading' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('neither an archive nor a git address');
    await page.getByLabel('Candidate').fill('Katherine Johnson');
    const buffer = await tarGz({ 'package.json': '{"name":"x"}', 'server.js': 'void 0' });
    await page
      .getByLabel('Archive')
      .setInputFiles({ name: 'k.tar.gz', mimeType: 'application/gzip', buffer });
    await page.getByRole('button', { name: 'Submit for grading' }).click();
    await page.waitForURL(/\/submissions\/sub-[^/]+\/run$/);
    expect(await page.locator('h1').textContent()).toBe('Katherine Johnson');
    expect(await page.locator('.banner').textContent()).toContain('No worker is ready');
    await page.getByRole('button', { name: 'Cancel this run' }).click();
    await page.getByRole('heading', { name: 'Cancelled on request' }).waitFor();
    expect(faults.filter((fault) => !/422/.test(fault))).toEqual([]);
    await page.context().close();
  });

  test('finds submissions, and compares two of them', async () => {
    const { page } = await openPage(browser, platform, sessions.manager);
    await at(page, '/submissions');
    await page.getByLabel('Search').fill('hopper');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await page.locator('tbody th a').textContent()).toBe('Grace <b>Hopper</b>');
    await at(page, '/submissions?state=done&sort=lowest');
    expect(await page.locator('tbody th a').first().textContent()).toBe('Grace <b>Hopper</b>');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Compare' }).click();
    expect(await page.locator('.totals .tag').allTextContents()).toEqual(['Place 1', 'Place 2']);
    expect(await page.getByText('Checks that ended differently').isVisible()).toBe(true);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.split('\r\n')[0]).toContain('"Ada Lovelace","Grace <b>Hopper</b>"');
    await page.context().close();
  });

  test('takes a scorecard along as a file to keep and as a PDF', async () => {
    const { page } = await openPage(browser, platform, sessions.manager);
    const html = await page.request.get(`/submissions/${ada}/scorecard.html`);
    expect(html.headers()['content-disposition']).toContain('attachment');
    expect(await html.text()).toContain('The same request');
    const pdf = await page.request.get(`/submissions/${ada}/scorecard.pdf`);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    const filter = { subject: ada, action: 'scorecard.downloaded', limit: 2 } as const;
    const written = await listAudit(platform.store, DEFAULT_ORGANISATION, filter);
    expect(written.map(({ details }) => details)).toEqual([{ form: 'pdf' }, { form: 'html' }]);
    await page.context().close();
  });

  test('opens evidence in its place, and by a link to a check', async () => {
    const { page, faults } = await openPage(browser, platform, sessions.manager);
    await at(page, `/submissions/${ada}#check-event-loop-free`);
    const check = page.locator('details.check', { has: page.locator('#check-event-loop-free') });
    await check.getByText('What to change').waitFor();
    expect(await check.getAttribute('open')).not.toBeNull();
    await page.getByRole('checkbox', { name: 'Failed', exact: true }).check();
    expect(await page.locator('#filter-state').textContent()).toMatch(/^\d+ of \d+ checks$/);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('follows a run as it goes, to its end', async () => {
    const { id, run } = await platform.submission('Sophie Wilson');
    const claim = await platform.claim(run);
    const tell = (...events: Parameters<typeof appendEvents>[3]): Promise<boolean> =>
      appendEvents(platform.store, run, claim.fence, events);
    await tell({ type: 'started', attempt: 1, worker: 'w1' });
    const { page, faults } = await openPage(browser, platform, sessions.manager);
    await at(page, `/submissions/${id}`);
    await tell(
      { type: 'stageStarted', stage: 'install' },
      { type: 'log', stage: 'install', line: 'added <b>9</b> packages' },
      { type: 'checkFinished', checkId: 'signature-tampered', outcome: 'fail', message: 'No.' },
    );
    await page.locator('[data-stage="install"][data-state="running"]').waitFor();
    await page.getByText('added <b>9</b> packages').waitFor();
    expect(await page.locator('.live-checks .tone-fail').count()).toBe(1);
    expect(await page.locator('#progress-words').textContent()).toMatch(/^1 of /);
    const verdict = { code: 'internal', stage: 'boot', message: 'Ours.', logTail: '' } as const;
    await endWithout(platform.store, claim, 'failed', verdict);
    await page.getByRole('heading', { name: 'Not graded' }).waitFor();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('does all of it without JavaScript', async () => {
    const { page } = await openPage(browser, platform, sessions.manager, { javaScriptEnabled: false });
    await at(page, `/submissions/${ada}`);
    await page.locator('#check-event-loop-free').locator('xpath=..').locator('summary').click();
    await page.locator('#check-event-loop-free a.more').click();
    expect(await page.getByText('What to change').isVisible()).toBe(true);
    await at(page, `/submissions/${running}/run`);
    expect(await page.locator('noscript meta[http-equiv="refresh"]').count()).toBe(1);
    expect(await page.locator('#log').textContent()).toContain('<script>alert(1)</script>');
    await page.context().close();
  });
});

test('a reviewer reads, and is offered nothing else', async () => {
  const { page } = await openPage(browser, platform, sessions.reviewer);
  await at(page, '/submissions');
  expect(await page.getByRole('link', { name: 'New submission' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Cancel runs' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  expect(await page.locator('h1').textContent()).toBe('Ada Lovelace');
  await at(page, '/submissions/new');
  expect(await page.locator('h1').textContent()).toBe('This is not yours to do');
  await page.context().close();
});

test('an admin sees workers, queue and what failed', async () => {
  const { page } = await openPage(browser, platform, sessions.admin);
  await at(page, '/workers');
  expect(await page.getByText('No worker is running').isVisible()).toBe(true);
  expect(await page.getByText('A fault of ours.').isVisible()).toBe(true);
  await page.getByRole('link', { name: 'Joan Clarke' }).click();
  expect(await page.getByText('through no doing of the candidate').isVisible()).toBe(true);
  await at(page, '/workers');
  await page.getByRole('link', { name: 'Jobs in the queue' }).click();
  await page.getByText('runs', { exact: true }).first().waitFor();
  await page.context().close();
});
