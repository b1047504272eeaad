import { scryptSync } from 'node:crypto';
import { check, expectStatus, must, type CheckContext } from 'assayer/kit';
import type { Merge } from './support/merges.js';
import { keysOf, MINT, mintsBy, registry } from './support/registry.js';
import { accept, settled } from './support/service.js';

const cost = { topic: 'T10', dimension: 'performance' } as const;

check(
  {
    ...cost,
    practice: '10.2',
    dimension: 'correctness',
    id: 'commitment-right',
    title: 'The commitment of a proof is computed as agreed',
    level: 'junior',
    points: 1,
    why: 'Others compute it too and compare. One byte of difference in the input makes every comparison fail.',
    remedy:
      'scrypt over contributor:repository:number with the id as salt, N 16384, r 8, p 1, 32 bytes, as lower-case hex.',
    questions: [
      {
        ask: 'Why scrypt and not SHA-256 for this?',
        listenFor:
          'Logins and repositories can be guessed; a fast hash lets anyone try them all; slowness and memory are the point.',
      },
    ],
  },
  async (t) => {
    const { merge, proofId } = await accept(t);
    const answer = await commitmentOf(t, proofId);
    const body = answer.json<{ proofId?: unknown; algorithm?: unknown; commitment?: unknown } | null>();
    const expected = expectedCommitment(merge, proofId);
    must(body?.commitment === expected, 'the commitment was wrong', {
      expected,
      observed: String(body?.commitment),
    });
    must(
      body.proofId === proofId && body.algorithm === 'scrypt',
      'the answer did not name proofId and algorithm',
    );
  },
);

check(
  {
    ...cost,
    practice: '10.2',
    id: 'commitment-off-loop',
    title: 'Other requests do not wait while commitments are computed',
    level: 'mid',
    timed: true,
    points: 3,
    why: 'Node answers everybody on one thread. Work that keeps it busy for a tenth of a second keeps everybody waiting that long, in turn.',
    remedy:
      'Use the asynchronous crypto.scrypt (it runs in the thread pool) or a worker; never the Sync variant in a handler.',
    questions: [
      {
        ask: 'What else shares the thread pool with scrypt, and what happens to it when forty commitments are queued?',
        listenFor:
          'fs, dns.lookup, zlib: they wait behind it. A bound on commitments at once, a larger pool, or worker threads.',
      },
    ],
  },
  async (t) => {
    const { merge, proofId } = await accept(t);
    const count = 24;
    const work = Promise.all(Array.from({ length: count }, () => commitmentOf(t, proofId)));
    let working = true;
    const done = work.finally(() => (working = false));
    const waits: number[] = [];
    while (working) {
      const { durationMs } = await t.http.get('/healthz', { timeoutMs: 8000 });
      waits.push(durationMs);
      await t.sleep(20);
    }
    const answers = await done;
    const expected = expectedCommitment(merge, proofId);
    must(
      answers.every((answer) => answer.json<{ commitment?: unknown } | null>()?.commitment === expected),
      'a commitment was wrong',
    );
    const median = [...waits].sort((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0;
    const longest = Math.max(...waits);
    const limitMs = 500;
    t.measure(`longest wait for /healthz among ${count} commitments`, longest, 'ms', `at most ${limitMs} ms`);
    t.measure('median wait', median, 'ms');
    must(longest <= limitMs, '/healthz was slow to answer', {
      expected: `at most ${limitMs} ms`,
      observed: `${Math.round(longest)} ms`,
    });
  },
);

check(
  {
    ...cost,
    practice: '10.6',
    id: 'burst-complete',
    title: 'A burst of deliveries is taken in whole, and every one is minted once',
    level: 'mid',
    points: 3,
    why: 'Merge queues and migrations send hundreds at once. What is dropped, doubled or stuck then is found weeks later.',
    remedy:
      'Write durably but in batches, queue the mints, and let the bounded number of calls work through the queue.',
    questions: [
      {
        ask: 'What limits how many deliveries a second your service can take, and how would you find out?',
        listenFor:
          'Measured or reasoned: syncs to disk, signature and JSON cost, the event loop; a profile before a change.',
      },
    ],
  },
  async (t) => {
    const count = 120;
    const login = t.random.name();
    // Slow enough that the burst is there before its mints are done, also where everything is slow.
    const body = () => ({ id: `crd_${t.random.id(18)}`, issuedAt: '2026-01-01T00:00:00Z' });
    registry(t).script(mintsBy(login, { delayMs: 60, status: 201, body }));
    const taken = await Promise.all(
      Array.from({ length: count }, () => accept(t, { login }, { timeoutMs: 9000 })),
    );
    must(new Set(taken.map(({ proofId }) => proofId)).size === count, 'two merges were given one proof');
    const last = taken.at(-1);
    if (last) await settled(t, last.proofId, 'minted', 9000);
    const minted = await t.eventually(async () => (await countMinted(t, login)) === count, {
      withinMs: 9000,
      everyMs: 150,
    });
    must(minted, 'some proofs were not minted', {
      expected: String(count),
      observed: String(await countMinted(t, login)),
    });
    const keys = keysOf(
      registry(t)
        .calls(MINT)
        .filter((call) => call.body.includes(login)),
    );
    t.measure('idempotency keys at the registry', keys.length, 'keys', String(count));
    must(keys.length === count, 'proofs were not minted once each', {
      expected: String(count),
      observed: String(keys.length),
    });
  },
);

async function countMinted(t: CheckContext, login: string): Promise<number> {
  let count = 0;
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null && pages < 5; pages++) {
    const more: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const response = await t.http.get(`/api/v1/proofs?contributor=${login}&status=minted&limit=100${more}`);
    expectStatus(response, 200, 'the minted proofs');
    const page: { items?: unknown[]; nextCursor?: string | null } = response.json();
    count += page.items?.length ?? 0;
    cursor = page.nextCursor ?? null;
  }
  return count;
}

async function commitmentOf(t: CheckContext, proofId: string) {
  const answer = await t.http.get(`/api/v1/proofs/${proofId}/commitment`, { timeoutMs: 12_000 });
  expectStatus(answer, 200, 'the commitment of a proof');
  return answer;
}

const expectedCommitment = ({ login, repository, number }: Merge, proofId: string): string =>
  scryptSync(`${login}:${repository}:${number}`, proofId, 32, { N: 16_384, r: 8, p: 1 }).toString('hex');
