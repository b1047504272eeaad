import { check, expectStatus, must, type CheckContext, type Response } from 'assayer/kit';
import { aMerge, eventOf, type Merge } from './support/merges.js';
import { keysOf, mintsOf, showCalls } from './support/registry.js';
import { accept, deliver, proofIdOf, proofsOf, settled } from './support/service.js';

const ROUNDS = 5;

const once = { topic: 'T1', practice: '1.4', dimension: 'correctness' } as const;

check(
  {
    ...once,
    id: 'repeat-same-delivery',
    title: 'A delivery that comes twice has one effect',
    level: 'junior',
    points: 3,
    why: 'GitHub redelivers whenever it is unsure whether we got it. Every second effect is a second credential that is paid for.',
    remedy:
      'Look up the pull request before making a proof, and answer a known one with the id of its proof.',
    questions: [
      {
        ask: 'Why do webhook senders promise "at least once" and not "exactly once"?',
        listenFor:
          'An answer can be lost after the work is done; the sender cannot tell, so it repeats. Exactly-once effects are made by the receiver.',
      },
    ],
  },
  async (t) => {
    const delivery = t.random.uuid();
    const { merge, proofId } = await accept(t, {}, { delivery });
    const again = await deliver(t, eventOf(merge), { delivery, label: 'The same delivery again' });
    mustBeDuplicate(again, proofId, 'a redelivery');
    await mustHaveOneEffect(t, merge, proofId);
  },
);

check(
  {
    ...once,
    id: 'repeat-other-delivery',
    title: 'Another delivery about the same pull request has no further effect',
    level: 'mid',
    points: 2,
    why: 'The delivery id names a message, not a fact. Two webhooks on one organisation report each merge under two ids.',
    remedy:
      'Make the identity of the fact (pull_request.id) the key that must be unique, not the identity of the message.',
    questions: [
      {
        ask: 'What is a good deduplication key for an event, and who should choose it?',
        listenFor:
          'The business identity of the fact; delivery ids only guard against repeats of one message by one sender.',
      },
    ],
  },
  async (t) => {
    const { merge, proofId } = await accept(t);
    const other = await deliver(t, eventOf({ ...merge, title: t.random.words(4) }), {
      label: 'Another delivery id',
    });
    mustBeDuplicate(other, proofId, 'another delivery about the same pull request');
    await mustHaveOneEffect(t, merge, proofId);
  },
);

check(
  {
    ...once,
    id: 'repeat-at-once',
    title: 'Twenty reports of one pull request at the same moment have one effect',
    level: 'mid',
    points: 4,
    why: 'Between "is it known?" and "now it is" other requests run. Retries and doubled webhooks tend to arrive together, which is just when that gap is hit.',
    remedy:
      'Reserve the key in one step: a synchronous reservation before the first await, or a unique constraint; let the others wait for the first.',
    questions: [
      {
        ask: 'Node runs one thread. How can two requests still race, and where in your code could they?',
        listenFor:
          'At every await between check and write. A concrete place, and how it was closed (reservation, unique index, a lock by key).',
      },
    ],
  },
  async (t) => {
    // Several times: whether one moment meets a gap of less than a millisecond is a matter of luck.
    const accepted: (readonly [Merge, string])[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const merge = aMerge(t.random);
      accepted.push([merge, await reportAtOnce(t, merge)]);
    }
    for (const [merge, proofId] of accepted) await mustHaveOneEffect(t, merge, proofId);
  },
);

check(
  {
    ...once,
    id: 'repeat-after-crash',
    title: 'A delivery that is repeated after a crash has no further effect',
    level: 'senior',
    points: 4,
    why: 'Redeliveries come mostly when we were down. A memory of what was seen that dies with the process fails exactly then.',
    remedy: 'Keep the deduplication key with the proof in the data directory and load it at the start.',
    questions: [
      {
        ask: 'What is on disk at the moment you answer 202, and in which order did it get there?',
        listenFor:
          'The proof with its key, written and flushed before the answer; what happens to a half-written entry.',
      },
    ],
  },
  async (t) => {
    const delivery = t.random.uuid();
    const { merge, proofId } = await accept(t, {}, { delivery });
    await settled(t, proofId, 'minted');
    await t.service.restart({ how: 'SIGKILL' });
    mustBeDuplicate(
      await deliver(t, eventOf(merge), { delivery, label: 'The same delivery' }),
      proofId,
      'a redelivery',
    );
    mustBeDuplicate(
      await deliver(t, eventOf(merge), { label: 'Another delivery id' }),
      proofId,
      'another report',
    );
    await mustHaveOneEffect(t, merge, proofId);
  },
);

function mustBeDuplicate(response: Response, proofId: string, what: string): void {
  const known = proofIdOf(response, 200, 'duplicate', what);
  must(known === proofId, `${what} was not answered with the proof it has`, {
    expected: proofId,
    observed: known,
  });
}

/** Twenty reports, half of them one delivery; answers the id of the one proof. */
async function reportAtOnce(t: CheckContext, merge: Merge): Promise<string> {
  const shared = t.random.uuid();
  const deliveries = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? shared : t.random.uuid()));
  const responses = await Promise.all(deliveries.map((delivery) => deliver(t, eventOf(merge), { delivery })));
  for (const response of responses) expectStatus(response, [200, 202], 'one of twenty reports of one merge');
  const ids = new Set(responses.map((response) => response.json<{ proofId?: unknown } | null>()?.proofId));
  must(ids.size === 1, 'answers named different proofs', {
    expected: '1 proof',
    observed: `${ids.size} proofs`,
  });
  return String([...ids][0]);
}

/** One proof, one key at the registry, and with a registry in good health one call. */
async function mustHaveOneEffect(t: CheckContext, merge: Merge, proofId: string): Promise<void> {
  await settled(t, proofId, 'minted');
  await t.sleep(100);
  const calls = mintsOf(t, merge.login);
  showCalls(t, calls);
  must(calls.length === 1 && keysOf(calls).length === 1, 'the registry was not asked for one credential', {
    expected: '1 call with 1 key',
    observed: `${calls.length} calls with ${keysOf(calls).length} keys`,
  });
  const { items } = await proofsOf(t, `contributor=${merge.login}`);
  must(items.length === 1, 'there was not one proof', { expected: '1', observed: String(items.length) });
}
