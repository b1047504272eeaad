import { check, expectStatus, must, type UpstreamCall } from 'assayer/kit';
import { aMerge, eventOf } from './support/merges.js';
import { mintsSeen } from './support/registry.js';
import { deliver, proofIdOf, secretOf } from './support/service.js';

check(
  {
    id: 'secrets-from-environment',
    title: 'Secrets come from the environment and nowhere else',
    topic: 'T9',
    practice: '9.6',
    level: 'junior',
    dimension: 'security',
    points: 2,
    why: 'A secret in the code is in every clone and can never be changed in a hurry. A default secret is a public one.',
    remedy:
      'Read them from the environment at the start, without defaults, and fail with a clear message when one is missing.',
    questions: [
      {
        ask: 'A secret was committed by mistake and removed in the next commit. What now?',
        listenFor:
          'It is spent: change it first; history keeps it; then look for use of it. Rewriting history is not the cure.',
      },
    ],
  },
  async (t) => {
    const secret = t.random.hex(20);
    const token = t.random.hex(20);
    const former = secretOf(t);
    await t.service.restart({ env: { GITHUB_WEBHOOK_SECRET: secret, REGISTRY_TOKEN: token } });
    const old = await deliver(t, eventOf(aMerge(t.random)), {
      secret: former,
      label: 'Signed with the former secret',
    });
    expectStatus(old, 401, 'a delivery signed with the secret of before');
    const merge = aMerge(t.random);
    const fresh = await deliver(t, eventOf(merge), { secret, label: 'Signed with the new secret' });
    proofIdOf(fresh, 202, 'accepted', 'a delivery signed with the secret that the service was given');
    const [call] = (await mintsSeen(t, merge.login, 1)) as [UpstreamCall];
    must(
      call.headers['authorization'] === `Bearer ${token}`,
      'the registry was not shown the token that was given',
    );
  },
);
