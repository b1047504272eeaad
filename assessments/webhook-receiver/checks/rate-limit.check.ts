import { check, expectStatus, must, type CheckContext, type Response } from 'assayer/kit';
import { settingOf } from './support/registry.js';

const limits = { topic: 'T4', practice: '4.4', dimension: 'correctness', level: 'mid' } as const;

check(
  {
    ...limits,
    id: 'rate-limited',
    title: 'An account over its allowance gets a 429 with Retry-After, and is served again afterwards',
    timed: true,
    points: 3,
    why: 'Each of these requests costs up to twenty calls at the partner. Without a limit one loop in a script uses up the rate of all.',
    remedy:
      'Count requests for each account and window; beyond the limit answer 429 with the whole seconds left, rounded up.',
    questions: [
      {
        ask: 'Fixed window, sliding window, token bucket: what did you take, and what is its weakness?',
        listenFor:
          'Double burst at the edge of a fixed window; memory of a sliding log; burst size of a bucket. A choice with a reason.',
      },
    ],
  },
  async (t) => {
    const limit = settingOf(t, 'STATUS_RATE_LIMIT');
    const account = t.random.name();
    // Nobody may have more than twice the limit in a window, so three times the limit at once must be too much.
    const answers = await Promise.all(Array.from({ length: limit * 3 }, () => ask(t, account)));
    const served = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    t.measure(
      'served of a burst',
      served.length,
      'requests',
      `${limit} to ${limit * 2} of ${answers.length}`,
    );
    must(served.length + refused.length === answers.length, 'some answers were neither a 200 nor a 429', {
      expected: '200, 429',
      observed: [...new Set(answers.map(({ status }) => status))].join(', '),
    });
    must(
      served.length >= limit && served.length <= limit * 2,
      'more or fewer requests were served than the allowance',
      {
        expected: `${limit} to ${limit * 2} served`,
        observed: `${served.length} served`,
      },
    );
    const seconds = refused.map(({ headers }) => headers['retry-after'] ?? 'none');
    must(
      seconds.every((value) => /^[1-9]\d*$/.test(value)),
      'a 429 had no Retry-After in whole seconds',
      { observed: [...new Set(seconds)].join(', ') },
    );
    await t.sleep(Math.min(10, Math.max(...seconds.map(Number))) * 1000);
    expectStatus(await ask(t, account), 200, 'a request after the time that Retry-After says');
  },
);

check(
  {
    ...limits,
    id: 'rate-limit-per-account',
    title: "One account never uses up another's allowance",
    points: 2,
    why: 'A single limit for everybody lets one noisy account lock out all the others.',
    remedy: 'Key the counters by X-Account-Id, and forget those whose window is over.',
    questions: [
      {
        ask: 'What keeps the memory of your counters bounded, if somebody invents account names?',
        listenFor:
          'Expiry of old windows, a cap on keys; that the gateway vouches for the name here, and what if it did not.',
      },
    ],
  },
  async (t) => {
    const limit = settingOf(t, 'STATUS_RATE_LIMIT');
    const noisy = t.random.name();
    const burst = await Promise.all(Array.from({ length: limit * 3 }, () => ask(t, noisy)));
    must(
      burst.some(({ status }) => status === 429),
      'the noisy account was not limited',
      { expected: 'some 429' },
    );
    const quiet = await Promise.all(Array.from({ length: limit }, () => ask(t, `${noisy}-2`)));
    for (const answer of quiet)
      expectStatus(answer, 200, 'a request of another account within its allowance');
  },
);

const ask = (t: CheckContext, account: string): Promise<Response> =>
  t.http.get(`/api/v1/credential-status?ids=crd_${t.random.id(16)}`, {
    headers: { 'x-account-id': account },
  });
