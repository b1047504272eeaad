import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Store } from '../src/store/store.js';

const newPath = async () => join(await mkdtemp(join(tmpdir(), 'store-')), 'j.ndjson');
const merge = (id, contributor = 'ada') => ({
  contributor,
  repository: 'a/b',
  pullRequest: { id, number: 1 },
  mergedAt: 'x',
});

test('reports of one pull request at the same moment share one record', async () => {
  const store = await Store.open(await newPath());
  const taken = await Promise.all(Array.from({ length: 10 }, () => store.admit(merge(1), 'r')));
  assert.equal(new Set(taken.map(({ record }) => record.id)).size, 1);
  assert.equal(taken.filter(({ isNew }) => isNew).length, 1);
  await store.close();
});

test('what was known before a restart is known after it', async () => {
  const path = await newPath();
  const before = await Store.open(path);
  const { record } = await before.admit(merge(1), 'r');
  await before.settle(record, { minted: { id: 'crd_1', issuedAt: 'now' } });
  await before.admit(merge(2), 'r');
  await before.close();

  const after = await Store.open(path);
  assert.equal((await after.admit(merge(1), 'r')).isNew, false);
  assert.equal(after.credential('crd_1').id, record.id);
  assert.deepEqual(
    after.pending().map(({ pullRequest }) => pullRequest.id),
    [2],
  );
  await after.close();
});

test('pages go on where the last one ended, whatever arrives meanwhile', async () => {
  const store = await Store.open(await newPath());
  for (const id of [1, 2, 3]) await store.admit(merge(id), 'r');
  const first = store.proofs({ contributor: 'ada', limit: 2 });
  await store.admit(merge(4), 'r');
  const second = store.proofs({ contributor: 'ada', limit: 2, before: first.next });
  const seen = [...first.records, ...second.records].map(({ pullRequest }) => pullRequest.id);
  assert.deepEqual(seen, [3, 2, 1]);
  assert.equal(second.next, null);
  await store.close();
});
