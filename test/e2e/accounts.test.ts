import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './support/browser.js';
import type { TestPlatform } from './support/platform.js';
import { expectAccessible, openPage, startPlatform } from './support/platform.js';

jest.setTimeout(60_000);

const PASSWORD = 'correct horse battery staple';

let browser: Browser;
let platform: TestPlatform;

beforeAll(async () => {
  [platform, browser] = await Promise.all([startPlatform(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await platform.close();
});

/** As it is, and once more in the dark on a phone. */
async function look(page: Page): Promise<void> {
  await expectAccessible(page);
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 900 };
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width, height });
}

test('from the first start to a team: set up, invite, join, token, webhook, log', async () => {
  const { page, faults } = await openPage(browser, platform, 'nobody');
  const setUp = new URL(platform.setUpUrl ?? '');
  await page.goto(`${setUp.pathname}${setUp.search}`);
  await look(page);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByLabel('Your organisation').fill('Analytical Engines');
  await page.getByLabel('E-mail').fill('ada@example.org');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.waitForURL('**/submissions');

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Grace Hopper');
  await page.getByLabel('E-mail').fill('grace@example.org');
  await page.getByLabel('Role', { exact: true }).selectOption('manager');
  await page.getByRole('button', { name: 'Make an invitation link' }).click();
  const link = await page.getByLabel('Link', { exact: true }).inputValue();
  await look(page);

  const grace = await openPage(browser, platform, 'nobody', { javaScriptEnabled: false });
  await grace.page.goto(link);
  await grace.page.getByLabel('Password').fill(PASSWORD);
  await grace.page.getByRole('button', { name: 'Join' }).click();
  await grace.page.waitForURL('**/submissions');
  expect(await grace.page.getByRole('link', { name: 'Settings' }).count()).toBe(0);
  await grace.page.goto(link);
  expect(await grace.page.locator('h1').textContent()).toBe('This link no longer works');

  await page.getByRole('link', { name: 'API tokens' }).click();
  await page.getByLabel('What it is for').fill('CI');
  await page.getByRole('button', { name: 'Make the token' }).click();
  expect(await page.getByLabel('Token', { exact: true }).inputValue()).toMatch(/^asr_/);
  await look(page);

  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByLabel('Address').fill('https://10.0.0.1/hook');
  await page.getByRole('button', { name: 'Add the webhook' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('This address is internal.');
  await look(page);

  await page.getByRole('link', { name: 'Organisation' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Analytical Engines');
  await page.getByLabel('Blind review').check();
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await page.getByRole('status').textContent()).toBe('The change is saved.');
  await look(page);

  await page.getByRole('link', { name: 'Audit log' }).click();
  expect(await page.locator('tbody tr', { hasText: 'person.invited' }).count()).toBe(1);
  await look(page);
  expect(faults.filter((fault) => !/422/.test(fault))).toEqual([]);
  await Promise.all([page.context().close(), grace.page.context().close()]);
});

test('somebody signs in, changes the password, and signs out', async () => {
  const { page } = await openPage(browser, platform, 'nobody');
  await page.goto('/account');
  await look(page);
  await page.getByLabel('E-mail').fill('grace@example.org');
  await page.getByLabel('Password').fill('not this one at all');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  expect(await page.getByRole('alert').textContent()).toBe('E-mail and password do not belong together.');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/account');
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByLabel('New password').fill('another long password');
  await page.getByRole('button', { name: 'Change the password' }).click();
  expect(await page.getByRole('status').textContent()).toContain('The password is changed.');
  await look(page);
  await page.getByText('Grace Hopper').first().click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).first().click();
  await page.waitForURL('**/signin');
  await page.goto('/account');
  expect(page.url()).toContain('/signin?to=');
  await page.context().close();
});

test('the interface for programs can be read by anybody', async () => {
  const { page, faults } = await openPage(browser, platform, 'nobody');
  const answer = await page.goto('/docs');
  expect((await answer?.body())?.length).toBeLessThan(100_000);
  await page
    .locator('details')
    .filter({ hasText: 'GET /api/v1/submissions' })
    .first()
    .locator('summary')
    .click();
  await look(page);
  expect(faults).toEqual([]);
  await page.context().close();
});
