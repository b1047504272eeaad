import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { TestServer } from '../support/server.js';
import { signedIn, startTestServer } from '../support/server.js';
import type { Visitor } from '../support/visitor.js';
import { gradedSubmission, invite } from './support.js';

jest.setTimeout(60_000);

let server: TestServer;
let mia: Visitor;
let bob: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  mia = await signedIn(server, 'manager');
  bob = await signedIn(server, 'manager');
});
afterAll(() => server.close());

interface Thing {
  /** Where its state, and so its ETag, is read. */
  readonly state: string;
  readonly change: readonly [method: string, path: string, body: object];
}

const THINGS: Readonly<Record<string, () => Promise<Thing>>> = {
  'the policy': async () => ({
    state: '/policy',
    change: ['PUT', '/policy', { blindReview: true, keepDays: 77 }],
  }),
  'an invite': async () => {
    const path = `/invites/${await invite(server.store)}`;
    return { state: path, change: ['PATCH', path, { extraMinutes: 60 }] };
  },
  'a decision': async () => {
    const path = `/submissions/${(await gradedSubmission(server.store)).id}/review`;
    return {
      state: path,
      change: ['POST', `${path}/decisions`, { verdict: 'hold', reason: 'One more talk.' }],
    };
  },
  'an override': async () => {
    const path = `/submissions/${(await gradedSubmission(server.store)).id}/review`;
    const body = { check: 'b', outcome: 'pass', reason: 'Works by hand.' };
    return { state: path, change: ['POST', `${path}/overrides`, body] };
  },
};

test.each(Object.keys(THINGS))('two people change %s as they saw it: one of them is told', async (name) => {
  const thing = await THINGS[name]?.();
  if (!thing) throw new Error('no such thing');
  const {
    state,
    change: [method, path, body],
  } = thing;
  const seen = await mia.get(`/api/v1${state}`);
  const headers = { 'if-match': seen.headers.get('etag') ?? '' };
  expect(headers['if-match']).toMatch(/^"[\w-]{22}"$/);

  const send = (who: Visitor) => who.api(method, `/api/v1${path}`, body, headers);
  const answers = await Promise.all([send(mia), send(bob)]);
  expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  const refused = answers.find(({ ok }) => !ok);
  expect([refused?.status, await refused?.json()]).toEqual([
    412,
    expect.objectContaining({ code: 'preconditionFailed' }),
  ]);

  // Who has looked again, or does not mind, may.
  const fresh = (await bob.get(`/api/v1${state}`)).headers.get('etag') ?? '';
  expect(fresh).not.toBe(headers['if-match']);
  expect((await bob.api(method, `/api/v1${path}`, body, { 'if-match': fresh })).ok).toBe(true);
  expect((await bob.api(method, `/api/v1${path}`, body)).ok).toBe(true);
});
