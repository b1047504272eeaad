import { check, expectStatus, fail, must } from 'assayer/kit';
import { failing, keysOf, mintsSeen, registry } from './support/registry.js';
import { accept, proofOf, settled } from './support/service.js';

const crash = { topic: 'T1', practice: '1.4', dimension: 'correctness' } as const;

check(
  {
    ...crash,
    id: 'promise-survives-crash',
    title: 'What was answered with 202 survives a crash right afterwards',
    level: 'mid',
    points: 4,
    why: 'After a 202 the sender forgets the delivery. If we forget it as well, nobody has it: the merge is lost without a trace.',
    remedy:
      'Write the proof to the data directory and wait for the write before answering; read everything back at the start.',
    questions: [
      {
        ask: 'Your file was being written when the power went. What does the next start find, and what does it do?',
        listenFor:
          'Half a line or file: append-only with a torn tail dropped, or write-to-temp and rename; what fsync adds beyond surviving kill -9.',
      },
    ],
  },
  async (t) => {
    const minted = await accept(t);
    const before = await settled(t, minted.proofId, 'minted');
    const login = t.random.name();
    registry(t).script(failing(login, { fault: 'hang' }));
    const promised = await Promise.all(Array.from({ length: 6 }, () => accept(t, { login })));
    await t.service.restart({ how: 'SIGKILL' });

    for (const { merge, proofId } of promised) {
      const proof = await proofOf(t, proofId);
      must(
        proof.contributor === merge.login && proof.pullRequest?.id === merge.pullId,
        'a proof came back changed',
      );
    }
    const after = await proofOf(t, minted.proofId);
    must(
      after.status === 'minted' && after.credentialId === before.credentialId,
      'a minted proof was not what it had been',
      {
        expected: `minted, ${before.credentialId}`,
        observed: `${after.status}, ${after.credentialId}`,
      },
    );
    const credential = await t.http.get(`/api/v1/credentials/${before.credentialId}`);
    expectStatus(credential, 200, 'a credential from before the crash');
  },
);

check(
  {
    ...crash,
    id: 'pending-mint-resumes',
    title: 'A mint that a crash cut short goes on by itself, with the same key',
    level: 'senior',
    points: 5,
    why: 'The registry may have minted just before we died. Without resuming the proof stays pending for ever; with a new key it is paid for twice.',
    remedy:
      'Store the idempotency key with the proof and start a mint for every pending proof when the service starts.',
    questions: [
      {
        ask: 'Which moments can a crash hit between the 202 and the minted proof, and why is each of them safe?',
        listenFor:
          'Before the call, during, after the answer but before the write, after the write; the key makes repetition harmless in each.',
      },
    ],
  },
  async (t) => {
    const login = t.random.name();
    registry(t).script(failing(login, { fault: 'hang' }));
    const { merge, proofId } = await accept(t, { login });
    const [before = fail('the mint carried no key')] = keysOf(await mintsSeen(t, merge.login, 1));
    registry(t).reset();
    await t.service.restart({ how: 'SIGKILL' });

    const proof = await settled(t, proofId, 'minted', 8000);
    const after = keysOf(await mintsSeen(t, merge.login, 1));
    must(after.length === 1 && after[0] === before, 'the mint did not go on with the key it had', {
      expected: before,
      observed: after.join(', '),
    });
    const credential = await t.http.get(`/api/v1/credentials/${proof.credentialId}`);
    expectStatus(credential, 200, 'the credential of the resumed mint');
  },
);
