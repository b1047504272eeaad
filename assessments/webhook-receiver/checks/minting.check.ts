import { check, expectStatus, must, type UpstreamCall } from 'assayer/kit';
import {
  failing,
  keysOf,
  mintBody,
  mintsBy,
  mintsOf,
  mintsSeen,
  registry,
  showCalls,
} from './support/registry.js';
import { accept, settled, type Proof } from './support/service.js';

const minting = { topic: 'T1', dimension: 'correctness' } as const;

check(
  {
    ...minting,
    practice: '1.4',
    id: 'merge-becomes-credential',
    title: 'A merged pull request becomes a proof and a credential',
    level: 'junior',
    points: 4,
    why: 'This is what the service is for: every fact has to reach the registry and the readers unharmed.',
    remedy:
      'Follow the contract field by field: proof from the delivery, mint request from the proof, credential from the answer.',
    questions: [
      {
        ask: 'Walk me through one delivery, from the first byte to the credential. What is awaited, and what is not?',
        listenFor:
          'Signature, validation, durable write, answer; then the mint on its own. Knows where each failure ends up.',
      },
    ],
  },
  async (t) => {
    const credentialId = `crd_${t.random.id(18)}`;
    const issuedAt = `2026-01-0${t.random.int(1, 9)}T12:00:00.${t.random.int(100, 999)}Z`;
    const login = t.random.name();
    registry(t).script(mintsBy(login, { status: 201, body: { id: credentialId, issuedAt } }));
    const { merge, proofId } = await accept(t, { login });
    const proof = await settled(t, proofId, 'minted');
    mustEqual(proof, {
      id: proofId,
      contributor: merge.login,
      repository: merge.repository,
      pullRequest: { id: merge.pullId, number: merge.number, title: merge.title, url: merge.url },
      mergedAt: merge.mergedAt,
      status: 'minted',
      credentialId,
      failure: null,
    } satisfies Omit<Proof, 'createdAt'>);
    must(!Number.isNaN(Date.parse(proof.createdAt)), 'createdAt was no time', {
      observed: String(proof.createdAt),
    });

    const response = await t.http.get(`/api/v1/credentials/${credentialId}`);
    expectStatus(response, 200, 'the credential just minted');
    const expected = {
      id: credentialId,
      proofId,
      contributor: merge.login,
      repository: merge.repository,
      issuedAt,
    };
    mustEqual(response.json(), expected);

    const [call] = (await mintsSeen(t, merge.login, 1)) as [UpstreamCall];
    const token = t.service.env['REGISTRY_TOKEN'] ?? '';
    must(
      call.headers['authorization'] === `Bearer ${token}`,
      'the registry was not shown the token as Bearer',
    );
    mustEqual(mintBody(call), { proofId, pullRequestUrl: merge.url, mergedAt: merge.mergedAt });
  },
);

check(
  {
    ...minting,
    practice: '1.3',
    id: 'answer-before-mint',
    title: 'The sender gets its answer while the registry is still silent',
    level: 'junior',
    timed: true,
    points: 3,
    why: 'A sender that waits for our upstream times out when the upstream is slow, and sends everything again: the worst moment for more work.',
    remedy: 'Write the proof down, answer 202, and mint afterwards without being awaited by the handler.',
    questions: [
      {
        ask: 'Why not simply wait for the registry and answer 200?',
        listenFor:
          "The sender's timeout, coupled availability, redelivery storms; 202 moves the responsibility to us, so the work must be durable.",
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login, { fault: 'hang' }));
    const { response } = await accept(t, { login });
    const over = mintsOf(t, login).filter(({ durationMs }) => durationMs !== null);
    showCalls(t, over);
    must(over.length === 0, 'the answer came only after an attempt to mint had ended');
    const limitMs = 1000;
    t.measure('time to the answer', response.durationMs, 'ms', `under ${limitMs} ms`);
    must(response.durationMs < limitMs, 'the answer waited for the registry', {
      expected: `under ${limitMs} ms`,
      observed: `${Math.round(response.durationMs)} ms`,
    });
    await mintsSeen(t, login, 1);
  },
);

check(
  {
    ...minting,
    practice: '1.3',
    id: 'mint-recovers',
    title: 'A mint that failed for a passing reason is tried again until it works',
    level: 'junior',
    points: 3,
    why: 'Registries restart and networks drop. Without another try each short trouble loses credentials for good.',
    remedy:
      'Treat connection errors, 429 and 5xx as temporary and schedule another attempt; keep the proof pending meanwhile.',
    questions: [
      {
        ask: 'Which failures are worth another try, and which are not?',
        listenFor:
          'Temporary ones (network, timeout, 429, 5xx) against definite ones (other 4xx); only with an idempotent request.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login, { times: 1 }), failing(login, { times: 1, fault: 'reset' }));
    const { merge, proofId } = await accept(t, { login });
    await settled(t, proofId, 'minted', 9000);
    const calls = await mintsSeen(t, merge.login, 3);
    must(calls.length === 3, 'one attempt after the trouble was not enough, or none was made', {
      expected: '3 calls',
      observed: `${calls.length} calls`,
    });
  },
);

check(
  {
    ...minting,
    practice: '1.4',
    id: 'mint-key-stable',
    title: 'All attempts at one proof carry the same idempotency key, and each proof has its own',
    level: 'junior',
    points: 3,
    why: 'An attempt can succeed without us learning of it. A new key on the next attempt then buys a second credential.',
    remedy:
      'Choose the key once, when the proof is made, and keep it with the proof; never make it per request.',
    questions: [
      {
        ask: 'An attempt timed out. Did it work? What do you do?',
        listenFor:
          'Unknowable from our side; repeat with the same key and let the registry decide. A GET first does not close the race.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login, { times: 1 }), failing(login, { times: 1, fault: 'reset' }));
    const first = await accept(t, { login });
    await settled(t, first.proofId, 'minted', 9000);
    const second = await accept(t);
    await settled(t, second.proofId, 'minted');

    const keys = keysOf(await mintsSeen(t, first.merge.login, 3));
    must(keys.length === 1 && keys[0] !== '(none)', 'attempts did not carry one key', {
      expected: '1 key',
      observed: keys.join(', '),
    });
    const others = keysOf(mintsOf(t, second.merge.login));
    must(others.length === 1 && others[0] !== keys[0], 'another proof had no key of its own');
  },
);

/** Each of these fields must be as expected; further fields are nobody's business. */
function mustEqual(value: unknown, expected: Readonly<Record<string, unknown>>): void {
  const record = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  for (const [field, wanted] of Object.entries(expected)) {
    const got = record[field];
    const same =
      typeof wanted === 'object' && wanted !== null
        ? Object.entries(wanted).every(
            ([key, inner]) => (got as Record<string, unknown> | null)?.[key] === inner,
          )
        : got === wanted;
    must(same, `${field} was not carried over`, {
      expected: JSON.stringify(wanted),
      observed: JSON.stringify(got) ?? 'nothing',
    });
  }
}
