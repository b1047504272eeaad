import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { ROUTES } from '../../harness/api/routes/index.js';
import { launchChromium } from './support/browser.js';
import type { House } from './support/house.js';
import { furnish } from './support/house.js';
import type { TestPlatform } from './support/platform.js';
import { expectAccessible, openPage, startPlatform } from './support/platform.js';

jest.setTimeout(60_000);

interface Visit {
  readonly who: 'nobody' | 'admin' | 'candidate';
  readonly at: (house: House) => string;
  /** 200 where it is not said. */
  readonly status?: number;
  /** A page of our own that needs no frame of ours: a scorecard with all of its evidence. */
  readonly whole?: true;
}

const admin = (at: Visit['at'], more: Partial<Visit> = {}): Visit => ({ who: 'admin', at, ...more });
const anybody = (at: Visit['at'], more: Partial<Visit> = {}): Visit => ({ who: 'nobody', at, ...more });
const candidate = (at: Visit['at'], more: Partial<Visit> = {}): Visit => ({ who: 'candidate', at, ...more });

/** Each page by the path of its route, in each state in which it looks different. */
const VISITS: Readonly<Record<string, Readonly<Record<string, Visit>>>> = {
  '/docs': { docs: anybody(() => '/docs') },
  '/signin': { 'sign in': anybody(() => '/signin') },
  '/setup': {
    'set-up': anybody(({ setUp }) => setUp),
    'set-up over': anybody(() => '/setup?key=over', { status: 410 }),
  },
  '/join': {
    join: anybody(({ join: link }) => link),
    'join over': anybody(() => '/join?key=over', { status: 410 }),
  },
  '/reset': {
    reset: anybody(({ reset }) => reset),
    'reset over': anybody(() => '/reset?key=over', { status: 410 }),
  },
  '/signin/provider': { 'provider away': anybody(() => '/signin/provider', { status: 502 }) },
  '/signin/provider/callback': {
    'provider forgot': anybody(() => '/signin/provider/callback?code=x', { status: 403 }),
  },
  '/settings/people': { people: admin(() => '/settings/people') },
  '/settings/tokens': { tokens: admin(() => '/settings/tokens') },
  '/settings/webhooks': { webhooks: admin(() => '/settings/webhooks') },
  '/settings/webhooks/:id': { messages: admin(({ hook }) => `/settings/webhooks/${hook}`) },
  '/settings/intakes': { 'pushes of GitHub': admin(() => '/settings/intakes') },
  '/settings/organisation': { organisation: admin(() => '/settings/organisation?done=changed') },
  '/settings/audit': { audit: admin(() => '/settings/audit') },
  '/account': { account: admin(() => '/account') },
  '/assessments': { catalogue: admin(() => '/assessments') },
  '/assessments/:id': { overview: admin(() => '/assessments/webhook-receiver') },
  '/assessments/:id/brief': { brief: admin(() => '/assessments/webhook-receiver/brief') },
  '/assessments/:id/contract': { contract: admin(() => '/assessments/webhook-receiver/contract') },
  '/assessments/:id/checks': { checks: admin(() => '/assessments/webhook-receiver/checks') },
  '/submissions': {
    list: admin(() => '/submissions'),
    'nothing found': admin(() => '/submissions?q=nobody-of-this-name'),
  },
  '/submissions/new': { 'new submission': admin(() => '/submissions/new') },
  '/submissions/:id/run': {
    'live run': admin(({ running }) => `/submissions/${running}/run`),
    'failed run': admin(({ failed }) => `/submissions/${failed}/run`),
  },
  '/submissions/:id': { scorecard: admin(({ ada }) => `/submissions/${ada}`) },
  '/submissions/:id/checks/:check': {
    'one check': admin(({ ada }) => `/submissions/${ada}/checks/event-loop-free`),
  },
  '/submissions/:id/attempts/:run': {
    'an attempt': admin(({ ada, attempt }) => `/submissions/${ada}/attempts/${attempt}`, { whole: true }),
  },
  '/submissions/:id/review': { review: admin(({ ada }) => `/submissions/${ada}/review`) },
  '/submissions/:id/similarity/:other': {
    similarity: admin(({ alike: [one, other] }) => `/submissions/${one}/similarity/${other}`),
  },
  '/compare': {
    'what to compare': admin(() => '/compare'),
    comparison: admin(({ ada, grace }) => `/compare?submission=${ada}&submission=${grace}`),
  },
  '/workers': { workers: admin(() => '/workers') },
  '/invites': { invites: admin(() => '/invites') },
  '/invites/:id': { invite: admin(({ invite }) => `/invites/${invite}`) },
  '/regrades': { regrades: admin(() => '/regrades') },
  '/regrades/:id': { regrade: admin(({ regrade }) => `/regrades/${regrade}`) },
  '/invitation/:secret': {
    'invitation over': anybody(() => `/invitation/asr_${'x'.repeat(40)}`, { status: 404 }),
  },
  '/invitation': { 'hand in': candidate(() => '/invitation') },
  '/invitation/brief': { 'brief of a candidate': candidate(() => '/invitation/brief') },
  '/invitation/contract': { 'contract of a candidate': candidate(() => '/invitation/contract') },
  '/invitation/data': { 'data of a candidate': candidate(() => '/invitation/data') },
  '/invitation/submissions/:id': {
    'what was handed in': candidate(({ entry }) => `/invitation/submissions/${entry}`),
  },
  '/shared/:secret': {
    'shared with a team': anybody(({ shares }) => `/shared/${shares.team}`, { whole: true }),
    'shared with a candidate': anybody(({ shares }) => `/shared/${shares.candidate}`, { whole: true }),
    'no longer shared': anybody(() => `/shared/asr_${'x'.repeat(40)}`, { status: 404 }),
  },
};

const ELSEWHERE: Readonly<Record<string, Visit>> = {
  'no such page': admin(() => '/nowhere', { status: 404 }),
};

/** What a person never sees as a page of ours, and why. */
const NO_PAGES: Readonly<Record<string, string>> = {
  '/': 'leads on to another page',
  '/settings': 'leads on to the people',
  '/assets/:file': 'a style or a script',
  '/assessments/:id/starter.tar.gz': 'a file',
  '/assessments/:id/openapi.yaml': 'a file',
  '/submissions/:id/scorecard.html': 'a file to keep, which scorecard.test.ts looks at',
  '/submissions/:id/scorecard.csv': 'a file',
  '/submissions/:id/scorecard.pdf': 'a file',
  '/compare.csv': 'a file',
  '/workers/queue': 'the page of Bull Board, which is not ours',
  '/workers/queue/*rest': 'what that page loads',
  '/invitation/openapi.yaml': 'a file',
  '/invitation/starter.tar.gz': 'a file',
};

const SHOTS = process.env['SCREENSHOTS'];
const SIGHTS = [
  ['light', 1280],
  ['dark', 360],
  ...(SHOTS === undefined
    ? []
    : ([
        ['dark', 1280],
        ['light', 390],
      ] as const)),
] as const;

let browser: Browser;
let platform: TestPlatform;
let house: House;

beforeAll(async () => {
  const provider = { ASSAYER_OIDC_ISSUER: 'http://127.0.0.1:9', ASSAYER_OIDC_CLIENT_ID: 'assayer' };
  [platform, browser] = await Promise.all([startPlatform(provider), launchChromium()]);
  house = await furnish(platform);
  if (SHOTS !== undefined) mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await browser.close();
  await platform.close();
});

test('every page of the registry is visited, or has a reason not to be', () => {
  const pages = ROUTES.filter(({ pages: isPage, method }) => isPage && method === 'get');
  const told = [...Object.keys(VISITS), ...Object.keys(NO_PAGES)];
  expect(told.sort()).toEqual(pages.map(({ path }) => path).sort());
});

const ALL: Readonly<Record<string, Visit>> = Object.assign({}, ...Object.values(VISITS), ELSEWHERE);

describe.each(SIGHTS)('in the %s, %d wide', (colorScheme, width) => {
  const windows = new Map<Visit['who'], Awaited<ReturnType<typeof openPage>>>();

  /** A window for each who visits, which goes from page to page. */
  async function windowOf(who: Visit['who']): Promise<Awaited<ReturnType<typeof openPage>>> {
    const known = windows.get(who);
    if (known) return known;
    const viewport = { width, height: 844 };
    const session = who === 'admin' ? house.admin : 'none';
    const made = await openPage(browser, platform, session, { colorScheme, viewport });
    if (who === 'candidate') await made.page.goto(house.invitation);
    windows.set(who, made);
    return made;
  }

  // Set SCREENSHOTS=folder to look at them.
  test.each(Object.entries(ALL))('%s is accessible, small and quiet', async (name, visit) => {
    const { who, at, status = 200, whole } = visit;
    const { page, faults } = await windowOf(who);
    faults.length = 0;
    const answer = await page.goto(at(house), { waitUntil: 'load' });
    expect(answer?.status()).toBe(status);
    if (!whole) expect((await answer?.body())?.length).toBeLessThan(100_000);
    await expectAccessible(page);
    if (SHOTS !== undefined) {
      const path = join(SHOTS, `${name.replaceAll(' ', '-')}-${colorScheme}-${width}.png`);
      await page.screenshot({ path, fullPage: true });
    }
    expect(faults.filter((fault) => status === 200 || !fault.includes(String(status)))).toEqual([]);
  });
});
