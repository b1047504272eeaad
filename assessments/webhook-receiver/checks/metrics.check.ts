import { check, expectStatus, must, type CheckContext } from 'assayer/kit';
import { samplesOf } from './support/metrics.js';
import { accept } from './support/service.js';

const metrics = { topic: 'T7', practice: '7.5', dimension: 'correctness' } as const;
const COUNTER = 'http_requests_total';
const VISITS = 12;

check(
  {
    ...metrics,
    id: 'metrics-count',
    title: 'Requests are counted by method, route and status',
    level: 'mid',
    points: 2,
    why: 'Alerts on the share of errors are made from this counter. Without it trouble is found by customers.',
    remedy:
      'Count each finished request in http_requests_total with labels method, route and status, and serve it on /metrics.',
    questions: [
      {
        ask: 'Which two alerts would you make from these figures first?',
        listenFor:
          'Rate of 5xx over requests, and mints failed or pending too long: symptoms that users feel, as ratios over time windows.',
      },
    ],
  },
  async (t) => {
    const { proofId } = await accept(t);
    const count = async (status: string): Promise<number> =>
      (await samplesOf(t))
        .filter(
          ({ name, labels }) => name === COUNTER && labels['method'] === 'GET' && labels['status'] === status,
        )
        .filter(({ labels }) => /proofs/.test(labels['route'] ?? ''))
        .reduce((sum, { value }) => sum + value, 0);
    const before = { ok: await count('200'), absent: await count('404') };
    for (let i = 0; i < 5; i++) expectStatus(await t.http.get(`/api/v1/proofs/${proofId}`), 200, 'a proof');
    for (let i = 0; i < 3; i++)
      expectStatus(await t.http.get(`/api/v1/proofs/${t.random.id()}`), 404, 'no proof');
    const grown = await t.eventually(
      async () => (await count('200')) === before.ok + 5 && (await count('404')) === before.absent + 3,
      { withinMs: 3000 },
    );
    must(grown, `${COUNTER} did not count the requests on the route of a proof`, {
      expected: '5 more with status 200 and 3 more with 404',
      observed: `${(await count('200')) - before.ok} and ${(await count('404')) - before.absent} more`,
    });
  },
);

check(
  {
    ...metrics,
    id: 'metrics-bounded',
    title: 'The number of series stays bounded, whatever clients ask for',
    level: 'senior',
    points: 3,
    why: 'A label with an id makes one series for each id, for ever: the service leaks memory and the monitoring falls over first.',
    remedy:
      'Label with the pattern of the route (/api/v1/proofs/:id), and with one fixed word where no route fits.',
    questions: [
      {
        ask: 'What is the cardinality of your counter, and who could make it grow?',
        listenFor:
          'Methods × routes × statuses as a number; that unmatched paths are the trap, since strangers choose them.',
      },
    ],
  },
  async (t) => {
    const { proofId } = await accept(t);
    const visit = async (): Promise<void> => {
      await t.http.get(`/api/v1/proofs/${proofId}`);
      await t.http.get(`/api/v1/proofs/${t.random.id()}`);
      await t.http.get(`/api/v1/proofs/${t.random.id()}/commitment`);
      await t.http.get(`/api/v1/credentials/${t.random.id()}`);
      await t.http.get(`/${t.random.id()}/${t.random.id()}?q=${t.random.id()}`);
    };
    await visit();
    const before = await counted(t);
    must(before.series > 0, `/metrics had no ${COUNTER}`);
    for (let i = 0; i < VISITS; i++) await visit();
    const after = await counted(t);
    t.measure(
      `series of ${COUNTER} after 60 more requests`,
      after.series,
      'series',
      `about ${before.series}`,
    );
    must(after.series <= before.series + 6, 'labels held ids where patterns belong', {
      expected: `about ${before.series} series`,
      observed: `${after.series} series`,
    });
    // A fixed text is bounded too, and says nothing.
    must(after.requests >= before.requests + VISITS, `${COUNTER} did not grow with the requests`, {
      expected: `at least ${VISITS} more`,
      observed: `${after.requests - before.requests} more`,
    });
  },
);

async function counted(t: CheckContext): Promise<{ series: number; requests: number }> {
  const samples = (await samplesOf(t)).filter(({ name }) => name === COUNTER);
  return { series: samples.length, requests: samples.reduce((sum, { value }) => sum + value, 0) };
}
