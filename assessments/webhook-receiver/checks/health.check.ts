import { check, expectStatus, must } from 'assayer/kit';
import { registry } from './support/registry.js';

const health = { topic: 'T2', practice: '2.1', dimension: 'correctness' } as const;

check(
  {
    ...health,
    id: 'liveness',
    title: 'The process is alive as long as it answers, whatever the registry does',
    level: 'junior',
    points: 2,
    why: "Orchestrators restart what is not alive. A liveness test that asks upstream turns the registry's trouble into a restart loop of ours.",
    remedy: 'Let /healthz answer 200 {"status":"ok"} without asking anybody.',
    questions: [
      {
        ask: 'What is the difference between liveness and readiness, and what happens when they are mixed up?',
        listenFor:
          'Restart against taking out of traffic; a shared dependency in liveness makes all instances restart together.',
      },
    ],
  },
  async (t) => {
    registry(t).script({ status: 503, body: { error: 'out of order' } });
    // For longer than a result about the registry may be reused.
    let alive = await t.http.get('/healthz');
    for (let i = 0; i < 4; i++) {
      expectStatus(alive, 200, 'liveness while the registry is out of order');
      await t.sleep(300);
      alive = await t.http.get('/healthz');
    }
    must(alive.json<{ status?: unknown } | null>()?.status === 'ok', 'the body did not say that it is ok', {
      expected: '{"status":"ok"}',
      observed: alive.text.slice(0, 100),
    });
    expectStatus(await t.http.get(`/${t.random.id()}`), 404, 'a path that does not exist');
  },
);

check(
  {
    ...health,
    id: 'readiness',
    title: 'Readiness follows the registry: down with it, and back with it',
    level: 'mid',
    points: 3,
    why: 'Readiness decides who gets traffic. One that always says yes sends people to an instance that cannot help them.',
    remedy:
      'Ask GET /v1/health with the usual timeout on /readyz, keep the answer for at most a second, and say 503 on anything but a 2xx.',
    questions: [
      {
        ask: 'All instances share one upstream. Should its outage make all of them unready?',
        listenFor:
          'It depends: what still works without it (deliveries are taken in here) argues against; a considered answer, not a rule.',
      },
    ],
  },
  async (t) => {
    const becomes = (status: number) =>
      t.eventually(async () => (await t.http.get('/readyz')).status === status, {
        withinMs: 4000,
        everyMs: 200,
      });
    must(await becomes(200), 'the service did not become ready with a healthy registry', {
      expected: 'status 200',
    });
    registry(t).script({ path: '/v1/health', status: 503, body: { status: 'down' } });
    must(await becomes(503), 'the service stayed ready while the registry was down', {
      expected: 'status 503',
    });
    registry(t).reset();
    must(await becomes(200), 'the service did not become ready again with the registry', {
      expected: 'status 200',
    });
  },
);
