import { check, expectStatus, fail, must, type CheckContext, type Response } from 'assayer/kit';
import {
  failing,
  ISSUER,
  mintsBy,
  mintsOf,
  mintsSeen,
  registry,
  settingOf,
  showCalls,
  statusPath,
} from './support/registry.js';
import { accept, settled } from './support/service.js';

const upstream = { topic: 'T3', dimension: 'correctness' } as const;
const PATH = '/api/v1/issuer';
/** What a busy machine may add. */
const SLACK_MS = 600;

check(
  {
    ...upstream,
    practice: '3.1',
    id: 'upstream-nonsense',
    title: 'An answer of the registry that makes no sense counts as a failure',
    level: 'mid',
    points: 2,
    why: 'Proxies answer 200 with a page of HTML. Parsed without care it crashes a worker, or stores a credential called undefined.',
    remedy:
      'Check status, parse inside the same try, and check the fields that you need before you believe an answer.',
    questions: [
      {
        ask: 'How much do you check of what a partner sends you?',
        listenFor:
          'Everything that is used, at the border, once; unknown fields ignored; a failed check is handled like a failed call.',
      },
    ],
  },
  async (t) => {
    const page = '<html><body>Welcome to the registry</body></html>';
    registry(t).script({ ...ISSUER, status: 200, headers: { 'content-type': 'text/html' }, body: page });
    await mustBecome(t, 502, 'while the registry answers with a page of HTML');
    const login = t.random.name();
    registry(t).script(
      mintsBy(login, { times: 1, status: 201, headers: { 'content-type': 'text/html' }, body: page }),
      mintsBy(login, { times: 1, status: 200, body: { ok: true } }),
    );
    const { merge, proofId } = await accept(t, { login });
    const proof = await settled(t, proofId, 'minted', 9000);
    must(
      /^crd_\w+$/.test(proof.credentialId ?? ''),
      'the credential was not the one that was minted in the end',
      {
        observed: String(proof.credentialId),
      },
    );
    await mintsSeen(t, merge.login, 3);
  },
);

check(
  {
    ...upstream,
    practice: '3.4',
    id: 'upstream-timeout',
    title: 'A registry that never answers is given up in time',
    level: 'mid',
    timed: true,
    points: 3,
    why: 'Without a limit of our own we wait as long as the slowest partner, and our clients with us.',
    remedy:
      'Give every upstream call AbortSignal.timeout(REGISTRY_TIMEOUT_MS), covering the body too, and answer 504.',
    questions: [
      {
        ask: 'How did you choose what the timeout covers: connecting, the head, the body, the retries?',
        listenFor:
          'A budget for the whole that the caller can rely on; knows that some libraries time only the connection or the idle socket.',
      },
    ],
  },
  async (t) => {
    const limitMs = settingOf(t, 'REGISTRY_TIMEOUT_MS') + 500;
    registry(t).script({ ...ISSUER, fault: 'hang' });
    const issuer = await mustBecome(t, 504, 'while the registry is silent');
    t.measure('time to the 504', issuer.durationMs, 'ms', `at most ${limitMs} ms`);
    must(issuer.durationMs <= limitMs + SLACK_MS, 'the 504 came late', {
      expected: `within ${limitMs} ms`,
      observed: `${Math.round(issuer.durationMs)} ms`,
    });

    const login = t.random.name();
    registry(t).script(failing(login, { times: 1, fault: 'hang' }));
    const { merge, proofId } = await accept(t, { login });
    await settled(t, proofId, 'minted', 8000);
    must((await mintsSeen(t, merge.login, 2)).length === 2, 'a mint without an answer was not tried again');
  },
);

check(
  {
    ...upstream,
    practice: '3.4',
    id: 'upstream-abort',
    title: 'What timed out is cancelled: its connection is closed',
    level: 'senior',
    points: 4,
    why: 'Promise.race only stops listening. The call goes on, holds a socket and memory, and under a hanging partner they pile up until nothing is left.',
    remedy:
      'Pass an AbortSignal to the request itself, so that the timeout ends the request and not just the wait.',
    questions: [
      {
        ask: 'What is left behind when you race a request against a timer?',
        listenFor:
          'The running request with its socket, its body and closures, and a late rejection; cancellation has to reach the transport.',
      },
    ],
  },
  async (t) => {
    const credential = `crd_${t.random.id(16)}`;
    const login = t.random.name();
    registry(t).script(
      { path: statusPath(credential), fault: 'hang' },
      failing(login, { times: 1, fault: 'hang' }),
    );
    await accept(t, { login });
    const answer = await t.http.get(`/api/v1/credential-status?ids=${credential}`, {
      headers: { 'x-account-id': t.random.name() },
    });
    expectStatus(answer, 200, 'a status while the registry is silent');
    const hung = () => [
      ...registry(t).calls({ path: statusPath(credential) }),
      ...mintsOf(t, login).slice(0, 1),
    ];
    await mintsSeen(t, login, 1);
    const closed = await t.eventually(() => hung().every((call) => call.aborted), { withinMs: 3000 });
    showCalls(t, hung());
    must(closed, 'the connections of calls that timed out stayed open', {
      expected: 'closed by the caller',
      observed: `${hung().filter((call) => !call.aborted).length} of ${hung().length} left open`,
    });
  },
);

check(
  {
    ...upstream,
    practice: '3.1',
    id: 'upstream-failure',
    title: 'A failing registry gives a 502, and the service lives on',
    level: 'junior',
    points: 3,
    why: 'A rejected promise that nobody handles ends a Node process, and with it the requests of everybody else.',
    remedy:
      'Catch failures of upstream calls where they are awaited, turn them into a 502, and let no promise float without a catch.',
    questions: [
      {
        ask: 'Where in your code could a promise be rejected without anybody noticing?',
        listenFor:
          'Work that is started and not awaited, event handlers, timers, forEach(async …); how each is caught.',
      },
    ],
  },
  async (t) => {
    registry(t).script({ ...ISSUER, status: 500, body: 'oops' });
    await mustBecome(t, 502, 'while the registry answers 500');
    registry(t).script({ ...ISSUER, fault: 'reset' });
    await mustBecome(t, 502, 'while the registry hangs up');
    const id = `did:example:${t.random.id()}`;
    registry(t).script({ ...ISSUER, body: { id } });
    const good = await t.http.get(PATH, { label: 'Registry in good health' });
    expectStatus(good, 200, 'an issuer document after the trouble');
    must(good.json<{ id?: unknown } | null>()?.id === id, "the document was not the registry's", {
      expected: id,
    });
    must(await t.service.running(), 'the service ended');
  },
);

/** Asks for the issuer document until a copy that is still good has run out; the answer then must be this status. */
async function mustBecome(t: CheckContext, status: number, when: string): Promise<Response> {
  const withinMs = settingOf(t, 'ISSUER_TTL_MS') + 1500;
  let last = 0;
  const answer = await t.eventually(
    async () => {
      const response = await t.http.get(PATH);
      last = response.status;
      return last === status ? response : null;
    },
    { withinMs },
  );
  return (
    answer ??
    fail(`the issuer document ${when} did not become a ${status}`, {
      expected: `${status}`,
      observed: `${last}`,
    })
  );
}
