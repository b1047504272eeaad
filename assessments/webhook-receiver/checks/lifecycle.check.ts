import { check, expectStatus, must, type CheckContext } from 'assayer/kit';
import { eventOf, aMerge } from './support/merges.js';
import { failing, mintsSeen, registry, statusPath } from './support/registry.js';
import { accept, deliver, WEBHOOK } from './support/service.js';
import { openStream } from './support/streams.js';

const life = { topic: 'T7', practice: '7.2', dimension: 'correctness' } as const;
const EXIT_MS = 5000;
/** What a busy machine may add to noticing the exit. */
const SLACK_MS = 1500;

check(
  {
    ...life,
    id: 'poison-survived',
    title: 'Nothing that a client sends ends the process or causes a 500',
    level: 'mid',
    points: 3,
    why: 'One request that kills the process is all that it takes: the sender, or an attacker, repeats it after every restart.',
    remedy:
      'Validate shapes before touching fields, let all handlers end in one error handler, and test with what is not an object.',
    questions: [
      {
        ask: 'Should a process go on after an uncaughtException?',
        listenFor:
          'Log and exit, since its state is unknown; the cure is that expected failures never get there.',
      },
    ],
  },
  async (t) => {
    const merge = eventOf(aMerge(t.random));
    const poison: unknown[] = [
      '',
      'null',
      '[]',
      '"closed"',
      '17',
      '{}',
      '['.repeat(5000),
      { action: 'closed', pull_request: null },
      { action: 'closed', pull_request: { merged: true } },
      { ...merge, pull_request: { ...merge.pull_request, user: 'ada' } },
      { ...merge, repository: null },
      { ...merge, pull_request: { ...merge.pull_request, id: 1e400 } },
      { action: { toString: 1 }, pull_request: { merged: true, id: {} } },
    ];
    for (const payload of poison) {
      const response = await deliver(t, payload);
      must(response.status < 500, 'a signed delivery of an odd shape caused a server error', {
        expected: 'a 4xx, or 200 ignored',
        observed: `status ${response.status}`,
      });
    }
    for (const path of [
      '/api/v1/proofs/%E0%A4%A',
      '/api/v1/proofs?limit=1&limit=2&contributor[x]=1',
      '/api/v1/proofs?cursor=%00',
      '//',
    ]) {
      const response = await t.http.get(path);
      must(response.status < 500, `GET ${path} caused a server error`, {
        expected: 'a status under 500',
        observed: `status ${response.status}`,
      });
    }
    await t.http.raw(`GET ${WEBHOOK} HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n`, { timeoutMs: 1000 });
    await accept(t);
    must(await t.service.running(), 'the process ended');
  },
);

check(
  {
    ...life,
    id: 'shutdown-drains',
    title: 'On SIGTERM requests in flight are finished, then the service ends with code 0',
    level: 'mid',
    timed: true,
    points: 3,
    why: 'Every deployment ends a process. Without draining, each one cuts off whoever is being served at that moment.',
    remedy:
      'On SIGTERM call server.close, wait for open requests within the limit, flush what is to be kept, and exit with 0.',
    questions: [
      {
        ask: 'Why does a container with "npm start" or a shell script sometimes never see SIGTERM?',
        listenFor:
          'Signals go to process 1; shells do not pass them on, and process 1 has no default handlers; exec form or an init.',
      },
    ],
  },
  async (t) => {
    const credential = `crd_${t.random.id(16)}`;
    registry(t).script({
      path: statusPath(credential),
      delayMs: 600,
      body: { id: credential, status: 'active' },
    });
    const answering = t.http.get(`/api/v1/credential-status?ids=${credential}`, {
      headers: { 'x-account-id': t.random.name() },
      timeoutMs: 8000,
    });
    const settledAnswer = Promise.allSettled([answering]);
    const asked = await t.eventually(() => registry(t).calls({ path: statusPath(credential) }).length > 0, {
      everyMs: 10,
    });
    must(asked, 'the request did not reach the registry');
    await t.service.signal('SIGTERM');
    await settledAnswer;
    const answer = await answering;
    expectStatus(answer, 200, 'the request that was in flight');
    must(answer.text.includes(credential), 'the answer to the request in flight was not complete');
    await mustExit(t);
  },
);

check(
  {
    ...life,
    id: 'shutdown-with-all-open',
    title: 'The shutdown does not wait for streams, idle connections or pending mints',
    level: 'senior',
    timed: true,
    points: 3,
    why: 'server.close waits for every connection. One open stream then holds the deployment until it is killed, and the data with it.',
    remedy:
      'End streams, close idle connections and abort pauses on shutdown; put a deadline on the rest. Pending mints resume at the next start.',
    questions: [
      {
        ask: 'What do you do with work that is neither finished nor lost when the signal comes?',
        listenFor:
          'It is durable and resumes; so stopping is safe at any time. The deadline is shorter than that of the platform.',
      },
    ],
  },
  async (t) => {
    const [late, silent] = [t.random.name(), t.random.name()];
    registry(t).script(
      failing(late, { headers: { 'Retry-After': '60' } }),
      failing(silent, { fault: 'hang' }),
    );
    for (let i = 0; i < 3; i++) await openStream(t);
    for (const login of [late, silent]) {
      await accept(t, { login });
      await mintsSeen(t, login, 1);
    }
    const idle = t.http.raw('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n', { timeoutMs: 12_000 });
    await t.sleep(150);
    await t.service.signal('SIGTERM');
    await mustExit(t);
    await idle;
  },
);

async function mustExit(t: CheckContext): Promise<void> {
  const exit = await t.service.exited(EXIT_MS + SLACK_MS);
  t.measure('from SIGTERM to the end', exit?.afterMs ?? EXIT_MS + SLACK_MS, 'ms', `at most ${EXIT_MS} ms`);
  must(exit, 'the service did not end in time', {
    expected: `the end within ${EXIT_MS} ms`,
    observed: 'still running',
  });
  must(exit.code === 0, 'the service did not end well', {
    expected: 'code 0',
    observed: `code ${exit.code}`,
  });
}
