import { check, expectStatus, must } from 'assayer/kit';
import { failing, mintsSeen, registry, showCalls, statusPath } from './support/registry.js';
import { accept, settled } from './support/service.js';

const ids = { topic: 'T2', practice: '2.2', dimension: 'correctness' } as const;
const HEADER = 'x-request-id';

check(
  {
    ...ids,
    id: 'request-id-answered',
    title: 'Every answer carries a request id: the one that came, or a new one',
    level: 'junior',
    points: 2,
    why: 'With the id on the answer, a complaint can be followed to the log line; without it people search by time and luck.',
    remedy:
      'In the first middleware take X-Request-Id or make a UUID, and set it on the response before anything can fail.',
    questions: [
      {
        ask: 'How does code deep inside your service know the id of the request that it works for?',
        listenFor:
          'Passed explicitly or AsyncLocalStorage; not a global variable, which mixes up concurrent requests.',
      },
    ],
  },
  async (t) => {
    const { proofId } = await accept(t);
    const own = new Set<string>();
    for (const [path, status] of [
      [`/api/v1/proofs/${proofId}`, 200],
      [`/api/v1/${t.random.id()}`, 404],
    ] as const) {
      const brought = `req.${t.random.id(12)}_A-1`;
      const answer = await t.http.get(path, { headers: { [HEADER]: brought } });
      expectStatus(answer, status, `${path} with a request id`);
      must(answer.headers[HEADER] === brought, 'the request id that came was not on the answer', {
        expected: brought,
        observed: answer.headers[HEADER] ?? 'none',
      });
      own.add((await t.http.get(path)).headers[HEADER] ?? '');
      own.add((await t.http.get(path)).headers[HEADER] ?? '');
    }
    must(own.size === 4 && !own.has(''), 'requests that brought none did not each get an id of their own', {
      expected: '4 ids',
      observed: [...own].join(', '),
    });
  },
);

check(
  {
    ...ids,
    topic: 'T9',
    practice: '9.1',
    dimension: 'security',
    id: 'request-id-hostile',
    title: 'A request id that might be hostile is replaced',
    level: 'mid',
    points: 2,
    why: 'The id goes into logs, headers and calls to partners. Whatever is copied there unseen is injected there.',
    remedy: 'Take over only what matches ^[A-Za-z0-9._-]{1,64}$, and make a new id otherwise.',
    questions: [
      {
        ask: 'What can somebody do with a request id of their own choosing, if you copy it everywhere?',
        listenFor:
          'Forge log lines, inject headers, blow up log volume, run script in a log viewer; allow-list instead of escaping in each place.',
      },
    ],
  },
  async (t) => {
    const { proofId } = await accept(t);
    const path = `/api/v1/proofs/${proofId}`;
    const word = t.random.id(8);
    for (const hostile of [
      `<b>${word}</b>`,
      `${word} admin=true`,
      `${word}","level":"info`,
      word.repeat(9),
    ]) {
      const answer = await t.http.get(path, { headers: { [HEADER]: hostile } });
      expectStatus(answer, 200, 'a request with an odd id');
      const given = answer.headers[HEADER] ?? '';
      must(given !== '' && !given.includes(word), 'such an id was not replaced by a new one', {
        expected: 'a new id',
        observed: given || 'none',
      });
    }
    const longest = `A.b_c-${t.random.id(58)}`;
    const fine = await t.http.get(path, { headers: { [HEADER]: longest } });
    must(fine.headers[HEADER] === longest, 'an id of 64 good characters was not kept', {
      expected: longest,
      observed: fine.headers[HEADER] ?? 'none',
    });
  },
);

check(
  {
    ...ids,
    id: 'request-id-downstream',
    title: 'The request id travels on to the registry, also with a mint',
    level: 'mid',
    points: 3,
    why: 'When the partner asks "which call of yours was that?", the common id is the only bridge between the two logs.',
    remedy:
      "Send X-Request-Id on every call upstream; keep the delivery's id with the proof, so that later attempts carry it too.",
    questions: [
      {
        ask: 'A mint runs minutes after its request ended. How does it still know the id, and after a restart?',
        listenFor:
          'Stored with the job, not only in async context; the difference between request-scoped and job-scoped context.',
      },
    ],
  },
  async (t) => {
    const forStatus = t.random.uuid();
    const credential = `crd_${t.random.id(16)}`;
    const answer = await t.http.get(`/api/v1/credential-status?ids=${credential}`, {
      headers: { [HEADER]: forStatus, 'x-account-id': t.random.name() },
    });
    expectStatus(answer, 200, 'the status of one credential');
    const asked = registry(t).calls({ path: statusPath(credential) });
    showCalls(t, asked);
    mustCarry(asked, forStatus, 'the call for a status');

    const login = t.random.name();
    registry(t).script(failing(login, { times: 1 }));
    const forMint = t.random.uuid();
    const { merge, proofId } = await accept(t, { login }, { headers: { [HEADER]: forMint } });
    await settled(t, proofId, 'minted', 9000);
    mustCarry(await mintsSeen(t, merge.login, 2), forMint, 'each attempt to mint');
  },
);

function mustCarry(
  calls: readonly { headers: Readonly<Record<string, string>> }[],
  id: string,
  what: string,
): void {
  must(calls.length > 0, `${what} did not reach the registry`);
  for (const call of calls) {
    must(call.headers[HEADER] === id, `${what} did not carry the id of its request`, {
      expected: id,
      observed: call.headers[HEADER] ?? 'none',
    });
  }
}
