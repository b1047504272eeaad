import { check, expectStatus, must, type CheckContext } from 'assayer/kit';
import {
  failing,
  MINT,
  mintsBy,
  mintsOf,
  mintsSeen,
  registry,
  settingOf,
  showCalls,
  statusPath,
} from './support/registry.js';
import { accept, settled } from './support/service.js';

const async_ = { topic: 'T3', dimension: 'correctness' } as const;

interface Statuses {
  readonly items: readonly { id: string; status: string }[];
  readonly failed: readonly { id: string; reason: string }[];
}

check(
  {
    ...async_,
    practice: '3.2',
    dimension: 'performance',
    id: 'status-in-parallel',
    title: 'Several credentials are asked about at the same time',
    level: 'junior',
    timed: true,
    points: 3,
    why: 'await in a loop makes the wait the sum of all calls instead of the longest. With twenty ids that is twenty times the wait.',
    remedy:
      'Start all calls before awaiting any (map, then Promise.allSettled), within the bound on open calls.',
    questions: [
      {
        ask: 'When is await inside a loop right?',
        listenFor:
          'When each step needs the one before, or order or gentleness matter; otherwise independent work runs together.',
      },
    ],
  },
  async (t) => {
    const bound = settingOf(t, 'REGISTRY_CONCURRENCY');
    const delayMs = 350;
    const ids = someIds(t, bound * 2);
    for (const id of ids)
      registry(t).script({ path: statusPath(id), delayMs, body: { id, status: statusOf(id) } });
    const { statuses, durationMs } = await ask(t, ids);
    must(statuses.items?.length === ids.length, 'not every id was answered', {
      observed: JSON.stringify(statuses).slice(0, 300),
    });
    const byId = [...statuses.items].sort((a, b) => a.id.localeCompare(b.id));
    mustMatch(
      byId,
      [...ids].sort((a, b) => a.localeCompare(b)),
    );
    // Two rounds are right, six would be one after another.
    const limitMs = delayMs * 4.5;
    t.measure(
      `${ids.length} calls of ${delayMs} ms, ${bound} at once`,
      durationMs,
      'ms',
      `under ${limitMs} ms; ${delayMs * 2} is ideal`,
    );
    must(durationMs < limitMs, 'the calls did not overlap', {
      expected: `about ${delayMs * 2} ms`,
      observed: `${Math.round(durationMs)} ms`,
    });
  },
);

check(
  {
    ...async_,
    practice: '3.2',
    id: 'calls-bounded',
    title: 'No more calls are open to the registry than agreed, of all kinds together',
    level: 'senior',
    points: 4,
    why: 'Unbounded parallelism turns a burst of ours into an attack on the partner, who answers with 429 or falls over.',
    remedy:
      'Send every call through one limiter (a small semaphore with a queue) of REGISTRY_CONCURRENCY places.',
    questions: [
      {
        ask: 'Mints and interactive reads share one bound. Who should go first, and how would you see to it?',
        listenFor:
          'People wait for reads: priority or reserved places; the danger of starving the other; queue length as a metric.',
      },
    ],
  },
  async (t) => {
    const bound = settingOf(t, 'REGISTRY_CONCURRENCY');
    const login = t.random.name();
    const body = () => ({ id: `crd_${t.random.id(18)}`, issuedAt: '2026-01-01T00:00:00Z' });
    registry(t).script(
      { method: 'GET', path: /\/status$/, delayMs: 150, body: statusAnswer },
      mintsBy(login, { delayMs: 150, status: 201, body }),
    );
    const ids = someIds(t, 8);
    const [taken, { statuses }] = await Promise.all([
      Promise.all(Array.from({ length: 8 }, () => accept(t, { login }))),
      ask(t, ids),
    ]);
    await Promise.all(taken.map(({ proofId }) => settled(t, proofId, 'minted', 8000)));
    must(statuses.items?.length === ids.length, 'not every id was answered', {
      observed: JSON.stringify(statuses).slice(0, 300),
    });
    const peak = registry(t).peakConcurrency;
    showCalls(t, registry(t).calls());
    t.measure('calls open at once', peak, 'calls', `at most ${bound}`);
    must(peak <= bound, 'more calls were open at once than the bound allows', {
      expected: `at most ${bound}`,
      observed: String(peak),
    });
    must(peak > 1, 'calls did not overlap within the bound', {
      expected: `up to ${bound}`,
      observed: String(peak),
    });
  },
);

check(
  {
    ...async_,
    practice: '3.2',
    id: 'waiting-holds-nobody-up',
    title: 'A mint that waits for its next try holds nobody else up',
    level: 'senior',
    timed: true,
    points: 3,
    why: 'If pauses are slept through inside the limited section, a handful of unlucky mints stop all others for minutes.',
    remedy: 'Take a place for the call only, give it back before the pause, and queue anew afterwards.',
    questions: [
      {
        ask: 'What does your limiter limit: calls, jobs or both?',
        listenFor:
          'Open calls; jobs that sleep hold no place. Knows where in the code the place is given back, also when a call throws.',
      },
    ],
  },
  async (t) => {
    const bound = settingOf(t, 'REGISTRY_CONCURRENCY');
    const unlucky = Array.from({ length: bound }, () => t.random.name());
    registry(t).script(...unlucky.map((login) => failing(login, { headers: { 'Retry-After': '3' } })));
    await Promise.all(unlucky.map((login) => accept(t, { login })));
    for (const login of unlucky) await mintsSeen(t, login, 1);
    const next = await accept(t);
    await t.eventually(() => mintsOf(t, next.merge.login).length > 0, { withinMs: 1500, everyMs: 25 });
    showCalls(t, registry(t).calls(MINT));
    must(mintsOf(t, next.merge.login).length > 0, 'the next mint was not asked for while the others waited', {
      expected: 'within 1500 ms',
      observed: 'not yet',
    });
    await settled(t, next.proofId, 'minted');
  },
);

check(
  {
    ...async_,
    practice: '3.3',
    id: 'partial-results',
    title: 'One bad answer does not spoil the others',
    level: 'mid',
    points: 3,
    why: 'Promise.all throws away nineteen good answers for one bad one, and the page shows nothing.',
    remedy: 'Use Promise.allSettled, return what is known, and name what failed with a reason.',
    questions: [
      {
        ask: 'When is a partial answer worse than an error?',
        listenFor:
          'Where a caller would take it for complete: sums, permissions, deletions. Here failures are named, so the caller can tell.',
      },
    ],
  },
  async (t) => {
    const ids = someIds(t, 6);
    const bad = t.random.shuffle(ids).slice(0, 3) as [string, string, string];
    for (const id of ids) registry(t).script({ path: statusPath(id), body: { id, status: statusOf(id) } });
    registry(t).script(
      { path: statusPath(bad[0]), status: 500, body: 'oops' },
      { path: statusPath(bad[1]), fault: 'reset' },
      { path: statusPath(bad[2]), status: 404, body: { error: 'unknown' } },
    );
    const { statuses } = await ask(t, ids);
    mustMatch(
      statuses.items,
      ids.filter((id) => !bad.includes(id)),
    );
    const named = (statuses.failed ?? []).map(({ id }) => id);
    const expected = ids.filter((id) => bad.includes(id));
    must(named.join() === expected.join(), 'other ids than the failed ones were named', {
      expected: expected.join(', '),
      observed: named.join(', '),
    });
    must(
      statuses.failed.every(({ reason }) => typeof reason === 'string' && reason !== ''),
      'a failure had no reason',
    );
  },
);

async function ask(
  t: CheckContext,
  ids: readonly string[],
): Promise<{ statuses: Statuses; durationMs: number }> {
  const response = await t.http.get(`/api/v1/credential-status?ids=${ids.join(',')}`, {
    headers: { 'x-account-id': t.random.name() },
    timeoutMs: 8000,
  });
  expectStatus(response, 200, `the status of ${ids.length} credentials`);
  return { statuses: response.json<Statuses>(), durationMs: response.durationMs };
}

function mustMatch(items: Statuses['items'] | undefined, ids: readonly string[]): void {
  const seen = (items ?? []).map(({ id, status }) => `${id} ${status}`).join(', ');
  const expected = ids.map((id) => `${id} ${statusOf(id)}`).join(', ');
  must(
    seen === expected,
    'the credentials did not have the status that the registry gave, in the order asked',
    {
      expected,
      observed: seen,
    },
  );
}

const someIds = (t: CheckContext, count: number): string[] =>
  Array.from({ length: count }, () => `crd_${t.random.id(18)}`);

/** Some of them revoked, known from the id alone. */
const statusOf = (id: string): string => (/[0-9a-h]$/.test(id) ? 'active' : 'revoked');

const statusAnswer = (call: { path: string }): unknown => ({ id: call.path.split('/')[3], status: 'active' });
