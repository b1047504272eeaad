import assert from 'node:assert/strict';
import { appendFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Journal } from '../src/store/journal.js';

const newPath = async () => join(await mkdtemp(join(tmpdir(), 'journal-')), 'j.ndjson');

test('entries come back in order', async () => {
  const path = await newPath();
  const { journal } = await Journal.open(path);
  await Promise.all([1, 2, 3].map((n) => journal.append({ n })));
  await journal.close();
  const { entries, journal: again } = await Journal.open(path);
  await again.close();
  assert.deepEqual(entries, [{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test('a last line that was cut short is dropped, and does not spoil the next', async () => {
  const path = await newPath();
  await appendFile(path, '{"n":1}\n{"n":2');
  const { journal, entries } = await Journal.open(path);
  assert.deepEqual(entries, [{ n: 1 }]);
  await journal.append({ n: 3 });
  await journal.close();
  const { entries: after, journal: again } = await Journal.open(path);
  await again.close();
  assert.deepEqual(after, [{ n: 1 }, { n: 3 }]);
});
