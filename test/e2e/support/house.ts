import { succeed } from '../../../harness/cli/client/patience.js';
import { formOf, openApiClient } from '../../../harness/cli/client/openapi-client.js';
import { endWithout } from '../../../harness/store/endings.js';
import { appendEvents } from '../../../harness/store/events.js';
import { addHook } from '../../../harness/store/hooks.js';
import { newId } from '../../../harness/store/ids.js';
import { addIntake } from '../../../harness/store/intakes.js';
import { createInvite } from '../../../harness/store/invites.js';
import { jsonb } from '../../../harness/store/json.js';
import { createLink } from '../../../harness/store/links.js';
import { DEFAULT_ORGANISATION as ORG } from '../../../harness/store/organisations.js';
import { createRegrade } from '../../../harness/store/regrades.js';
import type { Store } from '../../../harness/store/database.js';
import { createShare } from '../../../harness/store/shares.js';
import { goldenScorecard } from '../../golden/build/scorecard.js';
import { actor } from '../../integration/review/support.js';
import { tarGz } from '../../integration/support/archive.js';
import type { TestPlatform } from './platform.js';
import { weaker } from './weaker.js';

/** A platform in which each page has something to show, and the ids and secrets to find it by. */
export interface House {
  readonly admin: string;
  readonly ada: string;
  /** Of Ada. */
  readonly attempt: string;
  readonly grace: string;
  readonly running: string;
  readonly failed: string;
  readonly alike: readonly [string, string];
  readonly invite: string;
  /** What is handed in by it. */
  readonly entry: string;
  readonly invitation: string;
  readonly regrade: string;
  readonly hook: string;
  readonly setUp: string;
  readonly join: string;
  readonly reset: string;
  readonly shares: Readonly<Record<'team' | 'candidate', string>>;
}

export async function furnish(platform: TestPlatform): Promise<House> {
  const { store } = platform;
  const setUp = new URL(platform.setUpUrl ?? '');
  const admin = await platform.signedIn('admin');
  const ada = await platform.gradedAs('Ada Lovelace', goldenScorecard());
  const grace = await platform.gradedAs('Grace <b>Hopper</b>', weaker(31));
  const invited = await invite(platform);
  const intake = { assessment: 'webhook-receiver', secret: 'not a secret', createdBy: actor.id };
  await addIntake(store, ORG, intake);
  return {
    admin,
    ada,
    attempt: await runOf(store, ada),
    grace,
    ...(await runs(platform)),
    alike: [await upload(platform, 'Katherine Johnson'), await upload(platform, 'Dorothy Vaughan')],
    ...invited,
    regrade:
      (await createRegrade(store, actor, {
        kind: 'rescore',
        assessment: { id: 'webhook-receiver', version: '9.9.9', digest: 'e'.repeat(64) },
        selection: {},
        bar: 70,
        reason: 'The weights have changed.',
      })) ?? '',
    hook: await hook(platform),
    setUp: `${setUp.pathname}${setUp.search}`,
    join: await personLink(platform, 'join'),
    reset: await personLink(platform, 'reset'),
    shares: {
      team: (await createShare(store, actor, ada, { audience: 'team', days: 3 }))?.secret ?? '',
      candidate: (await createShare(store, actor, ada, { audience: 'candidate', days: 3 }))?.secret ?? '',
    },
  };
}

/** A submission whose run has got as far as the first check. Returns its id. */
export async function startedRun(platform: TestPlatform, candidate: string): Promise<string> {
  const { id, run } = await platform.submission(candidate);
  const { fence } = await platform.claim(run);
  await appendEvents(platform.store, run, fence, [
    { type: 'started', attempt: 1, worker: 'w1' },
    { type: 'stageStarted', stage: 'install' },
    { type: 'log', stage: 'install', line: 'added 3 packages <script>alert(1)</script>' },
    { type: 'stageFinished', stage: 'install', ms: 1200 },
    { type: 'stageStarted', stage: 'correctness' },
    { type: 'checkFinished', checkId: 'signature-tampered', outcome: 'pass', message: 'As expected.' },
  ]);
  return id;
}

async function runs(platform: TestPlatform): Promise<Pick<House, 'running' | 'failed'>> {
  const failed = await platform.submission('Joan Clarke');
  const verdict = { code: 'internal', stage: 'boot', message: 'A fault of ours.', logTail: '' } as const;
  await endWithout(platform.store, await platform.claim(failed.run), 'failed', verdict);
  return { running: await startedRun(platform, 'Radia Perlman'), failed: failed.id };
}

const CODE = `
export function settle(events, ledger) {
  for (const event of events) {
    const known = ledger.get(event.account) ?? { total: 0, seen: new Set() };
    if (known.seen.has(event.id)) continue;
    known.seen.add(event.id);
    known.total += event.kind === 'refund' ? -event.amount : event.amount;
    ledger.set(event.account, known);
  }
  return [...ledger].map(([account, { total }]) => ({ account, total }));
}
`;

/** Handed in by the API, so that its code is there to be looked at. */
async function upload(platform: TestPlatform, candidate: string): Promise<string> {
  const files = { 'package.json': '{"name":"x"}', 'settle.js': `// by ${candidate}\n${CODE}` };
  const archive = new File([await tarGz(files)], 'code.tar.gz');
  const body = { assessment: 'webhook-receiver', candidate, archive };
  const sent = openApiClient(platform).POST('/api/v1/submissions', { body, bodySerializer: formOf });
  return (await succeed(sent)).id;
}

async function invite(platform: TestPlatform): Promise<Pick<House, 'invite' | 'entry' | 'invitation'>> {
  const { id, secret } = await createInvite(platform.store, actor, {
    assessment: 'webhook-receiver',
    candidate: 'Grace <b>Hopper</b>',
    deadline: new Date(Date.now() + 5 * 86_400_000),
    extraMinutes: 90,
    maxSubmissions: 2,
    reveal: 'whenDecided',
  });
  const entry = await platform.gradedAs('Grace <b>Hopper</b>', goldenScorecard(), id);
  return { invite: id, entry, invitation: `/invitation/${secret}` };
}

/** With a message that came, one that is tried again and one that nobody took. */
async function hook({ store }: TestPlatform): Promise<string> {
  const id = await addHook(store, ORG, {
    url: 'https://hooks.example.org/assayer/a-rather-long-path/of-the-receiver',
    events: ['submission.finished', 'decision.recorded'],
    secret: 'whsec_bm90IGEgc2VjcmV0',
    createdBy: actor.id,
  });
  const body = jsonb({ type: 'submission.finished', timestamp: new Date().toISOString(), data: {} });
  const later = new Date(Date.now() + 3600_000);
  const rows = (
    [
      ['delivered', 1, '204 No Content'],
      ['waiting', 3, '503 Service Unavailable'],
      ['failed', 8, 'connect ECONNREFUSED'],
    ] as const
  ).map(([state, attempts, answer]) => ({
    ...{ id: newId('dlv'), hook_id: id, event: 'submission.finished', body, state, attempts, answer },
    next_at: later,
    attempted_at: new Date(),
  }));
  await store.insertInto('deliveries').values(rows).execute();
  return id;
}

async function personLink(platform: TestPlatform, purpose: 'join' | 'reset'): Promise<string> {
  const role = purpose === 'join' ? 'manager' : 'reviewer';
  await platform.signedIn(role);
  const { id } = await platform.store
    .selectFrom('people')
    .select('id')
    .where('role', '=', role)
    .executeTakeFirstOrThrow();
  const link = { purpose, person: id, token: null, seconds: 3600 };
  return `/${purpose}?key=${await createLink(platform.store, ORG, link)}`;
}

/** The run that counts. */
export const runOf = async (store: Store, submission: string): Promise<string> =>
  (
    await store
      .selectFrom('submissions')
      .select('current_run')
      .where('id', '=', submission)
      .executeTakeFirstOrThrow()
  ).current_run;
