import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { sql } from 'kysely';
import { findArchive, shareArchive } from '../../../harness/archives.js';
import { backUp } from '../../../harness/backup/backup.js';
import { restore } from '../../../harness/backup/restore.js';
import { blobPath, openArchive, removeBlob } from '../../../harness/intake/index.js';
import { removeArchives, sweepArchives } from '../../../harness/review/blobs.js';
import { dropArchives, findKept, keepArchive, keptDigests } from '../../../harness/store/archives.js';
import type { Store } from '../../../harness/store/database.js';
import { acceptSubmission } from '../../../harness/store/submissions.js';
import { keepArchive as takeIn } from '../review/left-behind.js';
import { ORG, submitted } from '../review/support.js';
import { tarGz } from '../support/archive.js';
import { eachWithFreshStore } from '../support/fresh-store.js';
import { newSubmission } from '../support/records.js';
import { startTestServer } from '../support/server.js';
import { freshDatabase, type TestServices } from '../support/services.js';

jest.setTimeout(60_000);

let store: Store;
let services: TestServices;
let here: string;
let there: string;

eachWithFreshStore((fresh, own) => ([store, services] = [fresh, own]));

beforeEach(async () => {
  here = await mkdtemp(join(tmpdir(), 'assayer-here-'));
  there = await mkdtemp(join(tmpdir(), 'assayer-there-'));
});
afterEach(() => Promise.all([here, there].map((dir) => rm(dir, { recursive: true }))));

const DIGEST = 'a'.repeat(64);
const chunks = (...sizes: number[]): Readable =>
  Readable.from(sizes.map((size, index) => Buffer.alloc(size, index + 1)));

describe('the database keeps an archive', () => {
  test('byte for byte, in parts', async () => {
    await keepArchive(store, DIGEST, chunks(700_000, 700_000, 5, 2_000_000));
    const kept = await findKept(store, DIGEST);
    expect(kept?.bytes).toBe(3_400_005);
    const expected = await buffer(chunks(700_000, 700_000, 5, 2_000_000));
    expect(Buffer.compare(await buffer(kept?.content ?? Readable.from([])), expected)).toBe(0);
  });

  test('once, however often it is handed in', async () => {
    await Promise.all([1, 2, 3].map(() => keepArchive(store, DIGEST, chunks(10))));
    expect(await keptDigests(store)).toEqual([DIGEST]);
    expect((await findKept(store, DIGEST))?.bytes).toBe(10);
  });

  test('or not', async () => expect(await findKept(store, DIGEST)).toBeNull());

  test('until no submission needs it, and it is old enough', async () => {
    await keepArchive(store, DIGEST, chunks(10));
    await dropArchives(store, null, 60_000);
    expect(await keptDigests(store)).toEqual([DIGEST]);
    const { id } = await submitted(store, { archiveDigest: DIGEST });
    await dropArchives(store, [DIGEST], 0);
    expect(await keptDigests(store)).toEqual([DIGEST]);
    await sql`delete from submissions where id = ${id}`.execute(store);
    await dropArchives(store, ['b'.repeat(64)], 0);
    expect(await keptDigests(store)).toEqual([DIGEST]);
    await dropArchives(store, [DIGEST], 0);
    expect(await keptDigests(store)).toEqual([]);
  });
});

describe('a machine that did not take an archive in', () => {
  test('has it from the database, checked, and as a file from then on', async () => {
    const digest = await takeIn(here, 'wanted elsewhere');
    await shareArchive({ store, blobsDir: here }, digest);
    const found = await findArchive({ store, blobsDir: there }, digest);
    expect(found.paths).toEqual(['package.json', 'server.js']);
    expect(String(await found.read('server.js', 1000))).toContain('wanted elsewhere');
    await dropArchives(store, null, 0);
    expect((await openArchive(there, digest)).bytes).toBe(found.bytes);
  });

  test('refuses one that was damaged on the way', async () => {
    await keepArchive(store, DIGEST, chunks(512));
    await expect(findArchive({ store, blobsDir: there }, DIGEST)).rejects.toThrow();
  });

  test('says where it has looked', async () => {
    await expect(findArchive({ store, blobsDir: there }, DIGEST)).rejects.toMatchObject({
      code: 'archiveMissing',
      message: expect.stringContaining(there),
    });
  });
});

test('what is erased or swept is gone from the database as well', async () => {
  for (const remove of [
    (digest: string) => removeArchives(store, here, [digest], 0),
    () => sweepArchives(store, here, 0),
  ]) {
    const digest = await takeIn(here, 'to be erased');
    await shareArchive({ store, blobsDir: here }, digest);
    await remove(digest);
    expect(await keptDigests(store)).toEqual([]);
    expect(existsSync(blobPath(here, digest))).toBe(false);
  }
});

test('a backup has what other machines took in, and brings it back for all', async () => {
  const digest = await takeIn(here, 'taken in elsewhere');
  await shareArchive({ store, blobsDir: here }, digest);
  await removeBlob(here, digest);
  await acceptSubmission(store, ORG, { ...newSubmission(), archiveDigest: digest }, null);
  const file = join(here, 'backup.tar.gz');
  expect((await backUp(store, here, file)).blobs).toBe(1);
  const to = (await freshDatabase(services)).store;
  try {
    expect((await restore(to, there, file, true)).blobs).toBe(1);
    expect(await keptDigests(to)).toEqual([digest]);
    expect((await openArchive(there, digest)).paths).toContain('server.js');
  } finally {
    await to.destroy();
  }
});

test('a server with a database of its own shares what is handed in', async () => {
  const { url, store: own } = await freshDatabase(services);
  await own.destroy();
  const server = await startTestServer({ DATABASE_URL: url, REDIS_URL: services.redisUrl });
  try {
    const form = new FormData();
    form.set('assessment', 'pack-basic');
    form.set('archive', new Blob([await tarGz({ 'package.json': '{"name":"x"}' })]), 'x.tar.gz');
    const headers = { authorization: `Bearer ${server.token}` };
    const answer = await fetch(`${server.url}/api/v1/submissions`, { method: 'POST', headers, body: form });
    expect(answer.status).toBe(202);
    expect(await keptDigests(server.store)).toHaveLength(1);
  } finally {
    await server.close();
  }
});
