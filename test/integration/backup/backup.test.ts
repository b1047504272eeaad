import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { backUp } from '../../../harness/backup/backup.js';
import { restore } from '../../../harness/backup/restore.js';
import { readTable, tablesInOrder } from '../../../harness/backup/tables.js';
import { blobPath } from '../../../harness/intake/blob.js';
import { recordAudit } from '../../../harness/store/audit.js';
import type { Store } from '../../../harness/store/database.js';
import { commitResult } from '../../../harness/store/endings.js';
import { claimRun } from '../../../harness/store/leases.js';
import { DEFAULT_ORGANISATION as ORG } from '../../../harness/store/organisations.js';
import { acceptSubmission } from '../../../harness/store/submissions.js';
import { graded, newSubmission } from '../support/records.js';
import type { TestServices } from '../support/services.js';
import { freshDatabase, startServices } from '../support/services.js';

jest.setTimeout(30_000);

const DIGEST = 'a'.repeat(64);
let services: TestServices;
let dir: string;
let from: Store;
let to: Store;

beforeAll(async () => {
  services = await startServices();
});
afterAll(() => services.close());

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-backup-'));
  from = (await freshDatabase(services)).store;
  to = (await freshDatabase(services)).store;
});
afterEach(async () => {
  await from.destroy();
  await to.destroy();
  await rm(dir, { recursive: true });
});

const actor = {
  organisation: ORG,
  kind: 'system',
  id: 'test',
  name: 'Test',
  address: null,
  requestId: null,
} as const;

/** More submissions than one chunk holds, one of them graded, and an archive. */
async function used(): Promise<string> {
  for (let count = 0; count < 45; count += 1) await acceptSubmission(from, ORG, newSubmission(), null);
  const accepted = await acceptSubmission(
    from,
    ORG,
    { ...newSubmission(), candidate: 'Ada \u2014 "A"' },
    null,
  );
  if (accepted.kind === 'keyReused') throw new Error('unexpected');
  const options = { worker: 'w1', leaseSeconds: 20, maxAttempts: 3, alone: false };
  const claim = await claimRun(from, accepted.view.run.id, options);
  if (!claim) throw new Error('not claimed');
  await commitResult(from, claim, graded({ score: 72.123456789 }));
  await recordAudit(from, actor, { action: 'submission.cancelled', subject: 'x' });
  const path = blobPath(join(dir, 'blobs'), DIGEST);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, Buffer.alloc(70_000, 7));
  return join(dir, 'backup.tar.gz');
}

async function contents(store: Store): Promise<Record<string, string[]>> {
  return store.transaction().execute(async (tx) => {
    const tables: Record<string, string[]> = {};
    for (const table of await tablesInOrder(tx)) {
      const rows: string[] = [];
      for await (const chunk of readTable(tx, table)) rows.push(...chunk);
      tables[table] = rows.sort();
    }
    return tables;
  });
}

test('what was backed up comes back, row for row and byte for byte', async () => {
  const file = await used();
  const made = await backUp(from, join(dir, 'blobs'), file);
  expect(made.blobs).toBe(1);
  expect(await restore(to, join(dir, 'restored'), file)).toEqual(made);
  expect(await contents(to)).toEqual(await contents(from));
  const [before, after] = await Promise.all(
    ['blobs', 'restored'].map((folder) => readFile(blobPath(join(dir, folder), DIGEST))),
  );
  expect(after?.equals(before ?? Buffer.alloc(0))).toBe(true);
  expect((await readdir(dir)).sort()).toEqual(['backup.tar.gz', 'blobs', 'restored']);
});

test('a restored installation goes on: numbers that the database gives do not repeat', async () => {
  const file = await used();
  await backUp(from, join(dir, 'blobs'), file);
  await restore(to, join(dir, 'restored'), file);
  await recordAudit(to, actor, { action: 'submission.cancelled', subject: 'later' });
  await acceptSubmission(to, ORG, newSubmission(), null);
  const { rows } = await sql<{ ids: number; all: number }>`
    select count(distinct id)::int as ids, count(*)::int as all from audit_log`.execute(to);
  expect(rows).toEqual([{ ids: 2, all: 2 }]);
});

test('an installation that is used is left as it is', async () => {
  const file = await used();
  await backUp(from, join(dir, 'blobs'), file);
  const before = await contents(from);
  await expect(restore(from, join(dir, 'restored'), file)).rejects.toMatchObject({ code: 'restoreNotEmpty' });
  expect(await contents(from)).toEqual(before);
});

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 2000), 'backupUnreadable'],
  ['no archive', () => Buffer.from('hello'), 'backupUnreadable'],
  ['empty', () => gzipSync(Buffer.alloc(1024)), 'backupUnreadable'],
  [
    'of another version',
    (bytes: Buffer) =>
      gzipSync(
        Buffer.from(
          gunzipSync(bytes)
            .toString('latin1')
            .replace(/"0\d\d\d-/, '"0000-'),
          'latin1',
        ),
      ),
    'backupOfOther',
  ],
])('a backup that is %s changes nothing', async (_, damage, code) => {
  const file = await used();
  await backUp(from, join(dir, 'blobs'), file);
  await writeFile(file, damage(await readFile(file)));
  const before = await contents(to);
  await expect(restore(to, join(dir, 'restored'), file)).rejects.toMatchObject({ code });
  expect(await contents(to)).toEqual(before);
});
