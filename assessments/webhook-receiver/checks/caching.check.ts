import { check, expectStatus, must, type CheckContext } from 'assayer/kit';
import { ISSUER, registry, settingOf, showCalls } from './support/registry.js';

const caching = { topic: 'T10', practice: '10.3', dimension: 'performance', fresh: true } as const;
const PATH = '/api/v1/issuer';

check(
  {
    ...caching,
    id: 'issuer-cached',
    title: 'The issuer document is asked for once and then kept',
    level: 'junior',
    timed: true,
    points: 2,
    why: 'It hardly ever changes and everybody needs it. Asking each time makes us as slow and as fragile as the registry.',
    remedy: 'Keep the document with the time until which it is good, and answer from there meanwhile.',
    questions: [
      {
        ask: 'What may be cached, and what would you never cache?',
        listenFor:
          'Shared, slowly changing data whose age can be tolerated; not answers that depend on who asks, unless keyed by it.',
      },
    ],
  },
  async (t) => {
    const id = publish(t);
    for (let i = 0; i < 4; i++) await mustRead(t, id);
    mustHaveAsked(t, 1, 'four reads in a row');
  },
);

check(
  {
    ...caching,
    id: 'issuer-expires',
    title: 'The issuer document is asked for again when its time is over',
    level: 'mid',
    timed: true,
    points: 2,
    why: 'A cache without an end shows keys that were withdrawn, until somebody restarts the service.',
    remedy: 'Compare with a monotonic clock on each read, and load anew once ISSUER_TTL_MS has passed.',
    questions: [
      {
        ask: 'How would you choose the time, and what would make you invalidate earlier?',
        listenFor:
          'The harm of staleness against the load saved; explicit invalidation or a push where staleness hurts.',
      },
    ],
  },
  async (t) => {
    const ttlMs = settingOf(t, 'ISSUER_TTL_MS');
    const first = publish(t);
    await mustRead(t, first);
    const second = publish(t);
    await mustRead(t, first);
    await t.sleep(ttlMs + 100);
    await mustRead(t, second);
    mustHaveAsked(t, 2, 'reads before and after the end of its time');
  },
);

check(
  {
    ...caching,
    id: 'issuer-stampede',
    title: 'Fifty who ask at the same moment cause one call',
    level: 'senior',
    timed: true,
    points: 3,
    why: 'When a popular entry expires, everybody misses at once. Without sharing the load, that instant hits the registry with all of them.',
    remedy:
      'Keep the promise of the load under way, let all who come meanwhile await it, and forget it when it settles.',
    questions: [
      {
        ask: 'The shared load fails. What do the fifty get, and what does the fifty-first?',
        listenFor:
          'All fifty get the error, the next starts a new load: the rejected promise must not stay in the cache. Stale-while-revalidate as an option.',
      },
    ],
  },
  async (t) => {
    const id = publish(t, 120);
    await Promise.all(Array.from({ length: 50 }, () => mustRead(t, id)));
    mustHaveAsked(t, 1, 'fifty reads at once');
  },
);

/** Makes the registry publish a document that nobody can know. */
function publish(t: CheckContext, delayMs = 0): string {
  const id = `did:example:${t.random.id(16)}`;
  registry(t).script({ ...ISSUER, delayMs, body: { id, keys: [t.random.hex(16)], name: t.random.words(3) } });
  return id;
}

async function mustRead(t: CheckContext, id: string): Promise<void> {
  const response = await t.http.get(PATH);
  expectStatus(response, 200, 'the issuer document');
  const read = response.json<{ id?: unknown } | null>()?.id;
  must(read === id, 'the document was not the one that the registry gave', {
    expected: id,
    observed: String(read),
  });
}

function mustHaveAsked(t: CheckContext, times: number, what: string): void {
  const calls = registry(t).calls(ISSUER);
  showCalls(t, calls);
  must(calls.length === times, `${what} did not cause ${times === 1 ? 'one call' : `${times} calls`}`, {
    expected: String(times),
    observed: String(calls.length),
  });
}
