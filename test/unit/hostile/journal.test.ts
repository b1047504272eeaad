import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf, openJournal } from '../../hostile/runner/journal.js';
import type { FixtureResult } from '../../hostile/runner/types.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assayer-journal-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const result = (name: string, turn: number): FixtureResult => ({
  name,
  turn,
  nature: 'odd',
  lines: [1],
  held: true,
  expected: '100',
  got: '100',
  problems: [],
  leftovers: [],
  neighbour: 100,
  seconds: 1,
});

test('what a killed run had finished is there for the next one of the same commit, and for no other', async () => {
  const file = join(dir, 'results.jsonl');
  const first = openJournal(file, 'abc');
  expect(first.earlier).toEqual([]);
  first.add(result('one', 0));
  openJournal(file, 'def').add(result('two', 0));
  first.add(result('one', 1));
  await appendFile(file, '{"commit":"abc","result":{"na');

  expect(openJournal(file, 'abc').earlier.map(keyOf)).toEqual(['one#0', 'one#1']);
  expect(openJournal(file, 'def').earlier).toEqual([result('two', 0)]);
});
