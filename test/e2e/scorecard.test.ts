import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import { toJunit } from '../../reports/formats/index.js';
import type { Audience } from '../../reports/scorecard/index.js';
import { renderScorecard } from '../../reports/scorecard/index.js';
import { goldenScorecard } from '../golden/build/scorecard.js';
import { hostileScorecard } from '../unit/reports/hostile.js';
import { launchChromium } from './support/browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const verdict = {
  code: 'exited',
  stage: 'boot',
  message: 'It exited with code 1.',
  logTail: 'Error: boom\n    at main',
} as const;
const PAGES: Readonly<Record<string, readonly [Scorecard, Audience]>> = {
  golden: [goldenScorecard(), 'team'],
  candidate: [goldenScorecard(), 'candidate'],
  broken: [{ ...goldenScorecard(), verdict }, 'team'],
  ours: [{ ...goldenScorecard(), status: 'notGraded', verdict: { ...verdict, code: 'internal' } }, 'team'],
  hostile: [hostileScorecard(), 'team'],
  hostileCandidate: [hostileScorecard(), 'candidate'],
};

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assayer-e2e-'));
  for (const [name, [card, audience]] of Object.entries(PAGES)) {
    writeFileSync(join(folder, `${name}.html`), renderScorecard(card, { audience }));
  }
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** Opens a page with a hook that collects whatever the page tried and was not allowed to do. */
async function open(
  name: string,
  options: BrowserContextOptions = {},
  hash = '',
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => request.url().startsWith('file:') || faults.push(request.url()));
  if (options.javaScriptEnabled !== false) {
    await page.exposeFunction('reportFault', (text: string) => faults.push(text));
    await page.addInitScript(
      "addEventListener('securitypolicyviolation', (event) => reportFault(`${event.violatedDirective} ${event.blockedURI}`))",
    );
  }
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href + hash);
  return { page, faults };
}

const openAll = (page: Page) =>
  page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true })");

describe.each(Object.keys(PAGES))('%s', (name) => {
  test('breaks no policy, runs nothing foreign, and loads nothing', async () => {
    const { page, faults } = await open(name);
    await openAll(page);
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'is accessible (%s, %d wide)',
    async (colorScheme, width) => {
      const { page } = await open(name, { colorScheme, viewport: { width, height: 844 }, bypassCSP: true });
      if (!name.startsWith('hostile')) await openAll(page);
      await page.evaluate(AXE);
      const found = (await page.evaluate(
        "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).slice(0, 3).join(' | ')}`))",
      )) as string[];
      expect(found).toEqual([]);
      await page.context().close();
    },
    30_000,
  );

  test('never scrolls sideways, not even at 360 pixels', async () => {
    const { page } = await open(name, { viewport: { width: 360, height: 740 } });
    await openAll(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.context().close();
  });
});

test('the hook notices a page that breaks the policy', async () => {
  const bad = renderScorecard(goldenScorecard(), { audience: 'candidate' }).replace(
    '</main>',
    '<script>window.pwned = 1</script></main>',
  );
  writeFileSync(join(folder, 'bad.html'), bad);
  const { page, faults } = await open('bad');
  expect(await page.evaluate('window.pwned')).toBeUndefined();
  expect(faults.join(' ')).toMatch(/script-src/);
  await page.context().close();
});

describe('reading', () => {
  test('filters and search narrow the checks, and say how many are left', async () => {
    const { page } = await open('golden');
    const shown = () => page.locator('details.check:visible').count();
    const all = await shown();
    await page.getByRole('checkbox', { name: 'Failed', exact: true }).check();
    expect(await shown()).toBe(7);
    await page.getByRole('checkbox', { name: 'Performance', exact: true }).check();
    expect(await page.locator('#filter-state').textContent()).toBe(`1 of ${all} checks`);
    expect(await page.locator('#checks > .topic:visible').count()).toBe(1);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Search checks').fill('retry-after date');
    expect(await page.locator('details.check:visible .check-title').first().textContent()).toContain(
      'HTTP date',
    );
    await page.context().close();
  });

  test('a link to a check opens it', async () => {
    const { page } = await open('golden', {}, '#check-oversize-chunked');
    const check = page.locator('details.check', { has: page.locator('#check-oversize-chunked') });
    expect(await check.getAttribute('open')).not.toBeNull();
    await page.locator('#concerns-heading + ul a').first().click();
    expect(await page.locator('#check-event-loop-free').isVisible()).toBe(true);
    await page.context().close();
  });

  test('everything can be reached without JavaScript', async () => {
    const { page } = await open('golden', { javaScriptEnabled: false });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    const check = page.locator('#topic-T1 details.check').first();
    await check.locator(':scope > summary').click();
    expect(await check.locator('.message').isVisible()).toBe(true);
    await check.locator('details.ev > summary').first().click();
    expect(await check.getByText('The same request').first().isVisible()).toBe(true);
    await page.locator('#levels a').first().click();
    expect(page.url()).toContain('#topic-T1');
    await page.context().close();
  });

  test('the keyboard reaches the skip link, then the summary, with a visible focus', async () => {
    const { page } = await open('golden');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the result');
    expect(await page.evaluate('document.activeElement.getBoundingClientRect().top')).toBeGreaterThanOrEqual(
      0,
    );
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.context().close();
  });

  test('printed, what failed is open, what passed is one line, and nothing to click is left', async () => {
    const { page } = await open('golden');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#check-resume-after-crash .message').isVisible()).toBe(true);
    expect(await page.locator('#check-twenty-at-once .message').isVisible()).toBe(false);
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000);
    await page.context().close();
  });
});

test('JUnit is well-formed XML whatever it holds', async () => {
  const { page } = await open('golden');
  for (const card of [goldenScorecard(), hostileScorecard()]) {
    const cases = await page.evaluate(
      `(() => { const xml = new DOMParser().parseFromString(${JSON.stringify(toJunit(card))}, 'text/xml'); return xml.querySelector('parsererror')?.textContent ?? xml.querySelectorAll('testcase').length })()`,
    );
    expect(cases).toBe(card.checks.length + (card.verdict ? 1 : 0));
  }
  await page.context().close();
});
