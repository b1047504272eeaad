import { describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Store } from '../../../harness/store/database.js';
import { endWithout } from '../../../harness/store/endings.js';
import type { Entry } from '../../../harness/store/entries.js';
import { acceptEntry, acceptPush, countedEntries } from '../../../harness/store/entries.js';
import {
  changeInvite,
  createInvite,
  findInvite,
  listInvites,
  openInvite,
  revokeInvite,
} from '../../../harness/store/invites.js';
import { claimRun } from '../../../harness/store/leases.js';
import { listSubmissions } from '../../../harness/store/submissions.js';
import { eachWithFreshStore } from '../support/fresh-store.js';
import { newSubmission } from '../support/records.js';
import { actor, inDays, invitation, invite, OPTIONS, ORG, stranger } from './support.js';

jest.setTimeout(30_000);

let store: Store;
eachWithFreshStore((fresh) => (store = fresh));

const enter = (id: string, key: string | null = null, arrivedAt = new Date()): Promise<Entry> =>
  acceptEntry(
    store,
    { id, organisation: ORG },
    newSubmission(),
    key === null ? null : { principal: id, key, fingerprint: 'same' },
    arrivedAt,
  );
const kinds = (entries: readonly Entry[]): string[] => entries.map(({ kind }) => kind).sort();

describe('an invite', () => {
  test('is opened by the secret of its link alone, and says whose it is', async () => {
    const { id, secret } = await createInvite(store, actor, invitation({ extraMinutes: 90 }));
    expect(await openInvite(store, `${secret}x`)).toBeNull();
    const opened = await openInvite(store, secret);
    expect(opened).toMatchObject({ id, candidate: 'Ada', organisation: { id: ORG, name: 'Default' } });
    expect((opened?.closesAt.getTime() ?? 0) - (opened?.deadline.getTime() ?? 0)).toBe(90 * 60_000);
    expect((await findInvite(store, ORG, id))?.openedAt).not.toBeNull();
    const { rows } = await sql`select * from invites where hash = ${secret}`.execute(store);
    expect(rows).toEqual([]);
  });

  test('of another organisation is not there', async () => {
    await sql`insert into organisations (id, name) values ('org-other', 'Other')`.execute(store);
    const id = await invite(store);
    expect(await findInvite(store, 'org-other', id)).toBeNull();
    expect(await listInvites(store, 'org-other', { limit: 10 })).toEqual([]);
    expect(await revokeInvite(store, stranger, id)).toBe(false);
    expect(await changeInvite(store, stranger, id, { maxSubmissions: 9 })).toBe(false);
    expect((await findInvite(store, ORG, id))?.maxSubmissions).toBe(2);
  });

  test('that is revoked opens no more, and takes nothing', async () => {
    const { id, secret } = await createInvite(store, actor, invitation());
    expect(await revokeInvite(store, actor, id)).toBe(true);
    expect(await openInvite(store, secret)).toBeNull();
    expect(await enter(id)).toEqual({ kind: 'closed' });
  });

  test('what was changed is in the audit log, how much extra time there is is not', async () => {
    const id = await invite(store);
    await changeInvite(store, actor, id, { extraMinutes: 4711, reveal: 'whenGraded' });
    expect(await findInvite(store, ORG, id)).toMatchObject({ extraMinutes: 4711, reveal: 'whenGraded' });
    const { rows } = await sql<{
      line: string;
    }>`select audit_log::text as line from audit_log order by id`.execute(store);
    expect(rows[1]?.line).toContain('extraMinutes');
    expect(rows.map(({ line }) => line).join()).not.toMatch(/4711|Ada/);
  });
});

describe('the deadline', () => {
  test('with the extra time counts, by when the request came', async () => {
    const id = await invite(store, { deadline: inDays(-1), extraMinutes: 24 * 60 + 5 });
    expect(await enter(id, null, new Date(Date.now() + 6 * 60_000))).toEqual({ kind: 'late' });
    expect((await enter(id)).kind).toBe('accepted');
    await changeInvite(store, actor, id, { extraMinutes: 0 });
    expect(await enter(id)).toEqual({ kind: 'late' });
  });
});

describe('the quota', () => {
  test('holds when many come at once, and every attempt is kept', async () => {
    const id = await invite(store);
    expect(kinds(await Promise.all(Array.from({ length: 8 }, () => enter(id))))).toEqual([
      'accepted',
      'accepted',
      ...Array.from({ length: 6 }, () => 'quotaUsed'),
    ]);
    expect(await listSubmissions(store, ORG, { limit: 10 })).toHaveLength(2);
    const { rows } = await sql`select run_id from outbox`.execute(store);
    expect(rows).toHaveLength(2);
  });

  test('holds for what is pushed to one repository as well, and counts each repository by itself', async () => {
    const push = (candidate: string): Promise<Entry> =>
      acceptPush(store, ORG, { ...newSubmission(), submittedBy: 'itk-1', candidate }, null, 3);
    const entries = await Promise.all(Array.from({ length: 6 }, () => push('ada/take-home')));
    expect(entries.filter(({ kind }) => kind === 'accepted')).toHaveLength(3);
    expect(entries.filter(({ kind }) => kind === 'quotaUsed')).toHaveLength(3);
    expect((await push('grace/take-home')).kind).toBe('accepted');
  });

  test('a click that came twice is one attempt', async () => {
    const id = await invite(store);
    expect(kinds(await Promise.all([enter(id, 'k'), enter(id, 'k'), enter(id, 'k')]))).toEqual([
      'accepted',
      'known',
      'known',
    ]);
    expect(await countedEntries(store, id)).toBe(1);
  });

  test.each([
    ['failed', 'internal', 0],
    ['cancelled', 'cancelled', 1],
  ] as const)('a run that %s by %s counts %i', async (state, code, counted) => {
    const id = await invite(store, { maxSubmissions: 1 });
    const entry = await enter(id);
    if (entry.kind !== 'accepted') throw new Error('unexpected');
    const claim = await claimRun(store, entry.view.run.id, OPTIONS);
    if (!claim) throw new Error('not claimed');
    await endWithout(store, claim, state, { code, stage: 'boot', message: '', logTail: '' });
    expect(await countedEntries(store, id)).toBe(counted);
    expect((await enter(id)).kind).toBe(counted === 0 ? 'accepted' : 'quotaUsed');
  });
});
