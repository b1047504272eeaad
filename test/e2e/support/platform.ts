import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { pino } from 'pino';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import type { PersonRole } from '../../../harness/accounts/roles.js';
import { loadConfig } from '../../../harness/config.js';
import { openServices } from '../../../harness/embedded/index.js';
import { startServer } from '../../../harness/server.js';
import type { Store } from '../../../harness/store/database.js';
import { openStore } from '../../../harness/store/database.js';
import { commitResult } from '../../../harness/store/endings.js';
import type { Claim } from '../../../harness/store/leases.js';
import { claimRun } from '../../../harness/store/leases.js';
import { DEFAULT_ORGANISATION as ORG } from '../../../harness/store/organisations.js';
import { addPerson } from '../../../harness/store/people.js';
import { createSession } from '../../../harness/store/sessions.js';
import { acceptSubmission } from '../../../harness/store/submissions.js';
import { graded } from '../../integration/support/records.js';

/** A server of this program with a database of its own, and ways to put things into it. */
export interface TestPlatform {
  readonly url: string;
  /** Makes the first account. */
  readonly setUpUrl: string | null;
  readonly store: Store;
  /** The token of this machine: an admin's. */
  readonly token: string;
  /** The value of the cookie of somebody new in that role. */
  signedIn(role: PersonRole): Promise<string>;
  /** A submission that waits. Returns its id and that of its run. */
  submission(candidate: string, invite?: string): Promise<{ id: string; run: string }>;
  claim(run: string): Promise<Claim>;
  /** A submission with that scorecard. */
  gradedAs(candidate: string, card: Scorecard, invite?: string): Promise<string>;
  close(): Promise<void>;
}

export async function startPlatform(env: Readonly<Record<string, string>> = {}): Promise<TestPlatform> {
  const stateDir = await mkdtemp(join(tmpdir(), 'assayer-e2e-'));
  const config = loadConfig({ ASSAYER_STATE_DIR: stateDir, ASSAYER_PORT: '0', ...env }, stateDir);
  const server = await startServer(config, pino({ level: 'silent' }));
  const services = await openServices(config, { start: false });
  const store = openStore({ url: services.databaseUrl, connections: 4 });

  const submission: TestPlatform['submission'] = async (candidate, invite) => {
    const accepted = await acceptSubmission(
      store,
      ORG,
      {
        submittedBy: null,
        assessment: { id: 'webhook-receiver', version: '1.0.0', digest: 'd'.repeat(64) },
        source: { kind: 'upload', name: `${candidate}.zip` },
        archiveDigest: 'a'.repeat(64),
        candidate,
        ...(invite === undefined ? {} : { invite }),
      },
      null,
    );
    if (accepted.kind === 'keyReused') throw new Error('no key was used');
    return { id: accepted.view.submission.id, run: accepted.view.run.id };
  };
  const claim: TestPlatform['claim'] = async (run) => {
    const options = { worker: 'w1', leaseSeconds: 600, maxAttempts: 3, alone: false };
    const claimed = await claimRun(store, run, options);
    if (!claimed) throw new Error('not claimed');
    return claimed;
  };

  return {
    url: server.url,
    setUpUrl: server.setUpUrl,
    store,
    token: (await readFile(server.tokenFile, 'utf8')).trim(),
    submission,
    claim,
    async signedIn(role) {
      const person = await addPerson(store, ORG, { email: `${role}@example.org`, name: `The ${role}`, role });
      if (person === null) throw new Error(`there is a ${role} already`);
      const browser = { address: '127.0.0.1', agent: 'test' };
      return createSession(store, ORG, { holder: { person: person }, seconds: 600, ...browser });
    },
    async gradedAs(candidate, card, invite) {
      const { id, run } = await submission(candidate, invite);
      const scorecard = { ...card, submission: { ...card.submission, candidate } };
      await commitResult(store, await claim(run), { ...graded({ score: null }), scorecard });
      return id;
    },
    async close() {
      await store.destroy();
      await server.close();
      await rm(stateDir, { recursive: true });
    },
  };
}

/** A page that is signed in, and what it tried and was not allowed to do. */
export async function openPage(
  browser: Browser,
  { url }: TestPlatform,
  session: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    baseURL: url,
    ...options,
  });
  await context.addCookies([{ name: 'assayer_session', value: session, url }]);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => request.url().startsWith(url) || faults.push(request.url()));
  return { page, faults };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Looks at a page as people do who cannot see it, and at its width. The page's policy lets no script of ours in but this way. */
export async function expectAccessible(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: AXE });
  const { result } = await session.send('Runtime.evaluate', {
    expression:
      "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((result) => result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).slice(0, 3).join(' | ')}`))",
    awaitPromise: true,
    returnByValue: true,
  });
  expect({ page: page.url(), violations: result.value as unknown }).toEqual({
    page: page.url(),
    violations: [],
  });
  const { width } = page.viewportSize() ?? { width: 0 };
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
}
