import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { blobPath } from '../../../harness/intake/index.js';
import type { RunQueue } from '../../../harness/queue/queue.js';
import { openQueue } from '../../../harness/queue/queue.js';
import { sweepArchives } from '../../../harness/review/blobs.js';
import type { EraseDeps } from '../../../harness/review/erase.js';
import { eraseOverdue, eraseSubmission, withdrawCandidate } from '../../../harness/review/erase.js';
import { makeAppeal } from '../../../harness/store/appeals.js';
import type { Store } from '../../../harness/store/database.js';
import { acceptEntry } from '../../../harness/store/entries.js';
import { findTombstone } from '../../../harness/store/erasure.js';
import { appendEvents } from '../../../harness/store/events.js';
import { createInvite, openInvite } from '../../../harness/store/invites.js';
import { claimRun, renewLease } from '../../../harness/store/leases.js';
import { drainOutbox } from '../../../harness/store/outbox.js';
import { override } from '../../../harness/store/overrides.js';
import { keepPrints } from '../../../harness/store/prints.js';
import { createRegrade } from '../../../harness/store/regrades.js';
import { recordDecision, writeNote } from '../../../harness/store/reviews.js';
import { createShare } from '../../../harness/store/shares.js';
import { findSubmission } from '../../../harness/store/submissions.js';
import type { TestServices } from '../support/services.js';
import { freshDatabase, startServices } from '../support/services.js';
import { until } from '../support/until.js';
import { filesThatHold, keepArchive, redisText, tablesThatHold } from './left-behind.js';
import {
  actor,
  grade,
  gradedSubmission,
  invitation,
  measured,
  OPTIONS,
  ORG,
  stranger,
  submitted,
} from './support.js';

jest.setTimeout(60_000);

/** In everything that a candidate leaves behind. */
const CANARY = 'zephyrine-quillfeather';

let services: TestServices;
let store: Store;
let queue: RunQueue;
let redis: Redis;
let deps: EraseDeps;

beforeAll(async () => {
  services = await startServices();
  queue = openQueue(services.redisUrl);
  redis = new Redis(services.redisUrl);
  await until(() =>
    queue.ping().then(
      () => true,
      () => false,
    ),
  );
});
afterAll(async () => {
  await store.destroy();
  await queue.close();
  redis.disconnect();
  await services.close();
});
beforeEach(async () => {
  await store?.destroy();
  ({ store } = await freshDatabase(services));
  deps = { store, queue, blobsDir: join(services.stateDir, 'blobs'), settleMs: 0 };
});

const part = (archiveDigest: string) => ({
  archiveDigest,
  candidate: CANARY,
  source: { kind: 'upload' as const, name: `${CANARY}.zip` },
});

const archive = (text: string) => keepArchive(deps.blobsDir, text);
const tablesWith = (text: string) => tablesThatHold(store, text);
const filesWith = (text: string) => filesThatHold(deps.blobsDir, text);

describe('somebody asks to be forgotten', () => {
  test('nothing is left in the database, the files and Redis but a tombstone without a name', async () => {
    const { id: inviteId, secret } = await createInvite(store, actor, invitation({ candidate: CANARY }));
    const digest = await archive(CANARY);
    const entry = await acceptEntry(
      store,
      { id: inviteId, organisation: ORG },
      {
        ...part(digest),
        submittedBy: null,
        assessment: { id: 'sample', version: '1.0.0', digest: 'd'.repeat(64) },
      },
      { principal: inviteId, key: 'k', fingerprint: 'f' },
      new Date(),
    );
    if (entry.kind !== 'accepted') throw new Error(entry.kind);
    const { submission, run } = entry.view;
    const candidate = { ...actor, kind: 'candidate', id: inviteId, name: 'the candidate' } as const;

    await drainOutbox(store, 10, queue.publish);
    expect(await redisText(redis)).toContain(run.id);
    const claim = await claimRun(store, run.id, OPTIONS);
    await appendEvents(store, run.id, claim?.fence ?? 0, [
      { type: 'log', stage: 'boot', line: `hello ${CANARY}` },
    ]);
    await sql`update runs set state = 'queued', lease_expires_at = null where id = ${run.id}`.execute(store);
    await grade(store, run.id, measured('fail', part(digest)));
    await writeNote(store, actor, submission.id, { question: 'a', note: `${CANARY} was good`, rating: 4 });
    await recordDecision(store, actor, submission.id, { verdict: 'hold', reason: `${CANARY} again` });
    await override(store, actor, submission.id, {
      check: 'b',
      outcome: 'pass',
      reason: `${CANARY} is right`,
    });
    await makeAppeal(store, candidate, submission.id, `I am ${CANARY}`);
    await createShare(store, actor, submission.id, { audience: 'team', days: 3 });
    await keepPrints(
      store,
      { submission: submission.id, organisation: ORG, assessment: 'sample', archive: digest },
      [1, 2],
    );
    await createRegrade(store, actor, {
      kind: 'rerun',
      assessment: { id: 'sample', version: '2', digest: 'e'.repeat(64) },
      selection: {},
      bar: 70,
      reason: 'x',
    });
    expect((await tablesWith(CANARY)).length).toBeGreaterThan(6);
    expect(await filesWith(CANARY)).toHaveLength(1);

    expect(await withdrawCandidate(deps, candidate, inviteId)).toBe(1);

    expect(await tablesWith(CANARY)).toEqual([]);
    expect(await tablesWith(digest)).toEqual([]);
    // The audit log says that it was there, by ids that lead nowhere any more.
    expect(await tablesWith(run.id)).toEqual(['audit_log']);
    expect(await tablesWith(submission.id)).toEqual(['audit_log', 'tombstones'].sort());
    expect(await filesWith(CANARY)).toEqual([]);
    expect(await redisText(redis)).not.toContain(run.id);
    expect(await openInvite(store, secret)).toBeNull();
    expect(await findTombstone(store, ORG, submission.id)).toMatchObject({
      assessment: 'sample',
      cause: 'candidate',
    });
    expect(await withdrawCandidate(deps, candidate, inviteId)).toBe(0);
  });

  test('a run that goes on loses its lease, and can write nothing more', async () => {
    const { id, run } = await submitted(store);
    const claim = await claimRun(store, run, OPTIONS);
    if (!claim) throw new Error('not claimed');
    expect(await eraseSubmission(deps, actor, id, 'team')).toBe(true);
    expect(await renewLease(store, claim, 20)).toBe('lost');
    expect(await appendEvents(store, run, claim.fence, [{ type: 'stageStarted', stage: 'boot' }])).toBe(
      false,
    );
  });

  test('what another one handed in as well stays', async () => {
    const digest = await archive('the same');
    const mine = await gradedSubmission(store, 'fail', part(digest));
    const theirs = await gradedSubmission(store, 'fail', { archiveDigest: digest });
    await eraseSubmission(deps, actor, mine.id, 'team');
    expect(existsSync(blobPath(deps.blobsDir, digest))).toBe(true);
    await eraseSubmission(deps, actor, theirs.id, 'team');
    expect(existsSync(blobPath(deps.blobsDir, digest))).toBe(false);
  });

  test('one that was handed in just now goes a little later', async () => {
    const digest = await archive('just now');
    const { id } = await gradedSubmission(store, 'fail', part(digest));
    await eraseSubmission({ ...deps, settleMs: 1500 }, actor, id, 'team');
    expect(existsSync(blobPath(deps.blobsDir, digest))).toBe(true);
    await until(async () => !existsSync(blobPath(deps.blobsDir, digest)));
  });

  test('another organisation erases nothing', async () => {
    await sql`insert into organisations (id, name) values ('org-other', 'Other')`.execute(store);
    const { id } = await gradedSubmission(store);
    expect(await eraseSubmission(deps, stranger, id, 'team')).toBe(false);
    expect(await findSubmission(store, ORG, id)).not.toBeNull();
  });
});

describe('retention', () => {
  test('erases what is older than the policy says, and only where there is one', async () => {
    const old = await gradedSubmission(store);
    const young = await gradedSubmission(store);
    await sql`update submissions set created_at = now() - interval '31 days' where id = ${old.id}`.execute(
      store,
    );
    expect(await eraseOverdue(deps, 10)).toBe(0);
    await sql`update organisations set keep_days = 30`.execute(store);
    expect(await eraseOverdue(deps, 10)).toBe(1);
    expect(await findTombstone(store, ORG, old.id)).toMatchObject({ cause: 'retention' });
    expect(await findSubmission(store, ORG, young.id)).not.toBeNull();
  });

  test('forgets invites that closed as long ago', async () => {
    await createInvite(
      store,
      actor,
      invitation({ candidate: CANARY, deadline: new Date(Date.now() - 31 * 86_400_000) }),
    );
    await createInvite(store, actor, invitation());
    await sql`update organisations set keep_days = 30`.execute(store);
    await eraseOverdue(deps, 10);
    expect(await tablesWith(CANARY)).toEqual([]);
    const { rows } = await sql`select id from invites`.execute(store);
    expect(rows).toHaveLength(1);
  });
});

test('the sweep removes old archives that nobody needs, and no others', async () => {
  const lost = await archive('nobody knows me');
  const fresh = await archive('somebody may be at me');
  const needed = await archive('somebody needs me');
  await submitted(store, part(needed));
  for (const digest of [lost, needed]) await utimes(blobPath(deps.blobsDir, digest), 0, 0);
  expect(await sweepArchives(store, deps.blobsDir, 3_600_000)).toBe(1);
  expect([lost, fresh, needed].map((digest) => existsSync(blobPath(deps.blobsDir, digest)))).toEqual([
    false,
    true,
    true,
  ]);
});
