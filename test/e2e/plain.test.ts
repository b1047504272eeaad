import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { commitResult } from '../../harness/store/endings.js';
import { createInvite } from '../../harness/store/invites.js';
import { goldenScorecard } from '../golden/build/scorecard.js';
import { actor } from '../integration/review/support.js';
import { graded } from '../integration/support/records.js';
import { launchChromium } from './support/browser.js';
import { runOf } from './support/house.js';
import type { TestPlatform } from './support/platform.js';
import { openPage, startPlatform } from './support/platform.js';
import { weaker } from './support/weaker.js';

jest.setTimeout(60_000);

let browser: Browser;
let platform: TestPlatform;
let ada: string;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform(), launchChromium()]);
  await platform.gradedAs('Grace', weaker(31));
  ada = await platform.gradedAs('Ada', goldenScorecard());
});
afterAll(async () => {
  await browser.close();
  await platform.close();
});

/** A window that runs no script, and somebody who has no mouse. */
class Visit {
  constructor(readonly page: Page) {}

  /** Goes on with the Tab key until this has the focus. */
  async reach(target: Locator): Promise<void> {
    const focused = target.and(this.page.locator(':focus'));
    for (let step = 0; step < 200; step += 1) {
      await this.page.keyboard.press('Tab');
      if ((await focused.count()) > 0) return;
    }
    throw new Error(`the Tab key does not lead to ${String(target)}`);
  }

  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.reach(target);
    await this.page.keyboard.press(key);
  }

  async type(label: string, words: string): Promise<void> {
    await this.reach(this.page.getByLabel(label).first());
    await this.page.keyboard.type(words);
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name });
  }
}

async function visitAs(session: string): Promise<Visit> {
  return new Visit((await openPage(browser, platform, session, { javaScriptEnabled: false })).page);
}

describe('without a script, and with the keyboard alone', () => {
  test('a manager submits, cancels one and several, compares, decides and regrades', async () => {
    const visit = await visitAs(await platform.signedIn('manager'));
    const { page } = visit;
    await page.goto('/submissions/new');
    await visit.type('Candidate', 'Katherine');
    await visit.type('Git repository', 'https://git.example.org/katherine/repo.git');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/submissions\/sub-[^/]+\/run$/);
    await visit.press(visit.button('Cancel this run'));
    await page.getByRole('heading', { name: 'Cancelled on request' }).waitFor();

    await platform.submission('Waits');
    await platform.submission('Waits as well');
    await page.goto('/submissions?state=queued');
    for (const box of await page.getByRole('checkbox').all()) await visit.press(box, 'Space');
    await visit.press(visit.button('Cancel runs'));
    await page.getByText('2 runs cancelled.').waitFor();

    await page.goto('/submissions?state=done');
    for (const box of await page.getByRole('checkbox').all()) await visit.press(box, 'Space');
    await visit.press(visit.button('Compare'));
    await page.waitForURL(/\/compare\?/);
    expect(await page.locator('.totals .tag').allTextContents()).toEqual(['Place 1', 'Place 2']);

    await page.goto(`/submissions/${ada}/review`);
    await visit.type('Reason', 'Strong on streams.');
    await visit.press(visit.button('Record the decision'));
    await page.getByText('The decision is recorded.').waitFor();

    await visit.press(page.getByRole('link', { name: 'Regrade', exact: true }));
    await visit.type('Reason', 'The weights have changed.');
    await visit.press(visit.button('Begin the dry run'));
    await page.waitForURL(/\/regrades\/rgd-/);
    // The page asks again by itself until the server has worked it out.
    await page.getByText('Nothing of it can be promoted').waitFor();
    await visit.type('Reason', 'It has to be run again.');
    await visit.press(visit.button('Discard it'));
    await page.getByRole('heading', { name: 'Discarded' }).waitFor();
    await page.context().close();
  });

  test('a reviewer takes notes and rates', async () => {
    const visit = await visitAs(await platform.signedIn('reviewer'));
    const { page } = visit;
    await page.goto(`/submissions/${ada}`);
    await visit.press(page.getByRole('link', { name: 'Review', exact: true }));
    await visit.type('Your note', 'Knows what a queue is for.');
    await visit.press(page.getByLabel('Rating').first(), 'ArrowDown');
    await visit.press(visit.button('Save notes'));
    await page.getByRole('status').waitFor();
    expect(await page.getByLabel('Your note').first().inputValue()).toBe('Knows what a queue is for.');
    expect(await page.getByLabel('Rating').first().inputValue()).not.toBe('');
    await page.context().close();
  });

  test('an admin invites somebody and makes a token', async () => {
    const visit = await visitAs(await platform.signedIn('admin'));
    const { page } = visit;
    await page.goto('/settings/people');
    await visit.type('Name', 'Radia Perlman');
    await visit.type('E-mail', 'radia@example.org');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Link', { exact: true }).inputValue()).toContain('/join?key=');
    await visit.press(page.getByRole('link', { name: 'API tokens' }));
    await visit.type('What it is for', 'CI');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Token', { exact: true }).inputValue()).toMatch(/^asr_/);
    await page.context().close();
  });

  test('a candidate hands in, reads the result, and withdraws', async () => {
    const { secret } = await createInvite(platform.store, actor, {
      assessment: 'webhook-receiver',
      candidate: 'Joan',
      deadline: new Date(Date.now() + 86_400_000),
      extraMinutes: 0,
      maxSubmissions: 1,
      reveal: 'whenGraded',
    });
    const visit = await visitAs('none');
    const { page } = visit;
    await page.goto(`/invitation/${secret}`);
    await visit.type('Git repository', 'https://git.example.org/joan/repo.git');
    await page.keyboard.press('Enter');
    await page.getByText('Waiting to be run').waitFor();

    const run = await runOf(platform.store, new URL(page.url()).pathname.split('/').at(-1) ?? '');
    const scorecard = goldenScorecard();
    await commitResult(platform.store, await platform.claim(run), { ...graded({ score: 60 }), scorecard });
    await page.reload();
    await page.getByRole('heading', { name: 'Your result' }).waitFor();

    await visit.press(page.getByRole('link', { name: 'Your data' }));
    await visit.press(page.getByLabel('I want to withdraw'), 'Space');
    await visit.press(visit.button('Erase everything'));
    await page.getByRole('heading', { name: 'Everything is erased' }).waitFor();
    await page.context().close();
  });
});
