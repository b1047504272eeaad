import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { writeWhole } from '../../../harness/write-whole.js';

const dir = mkdtempSync(join(tmpdir(), 'assayer-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('whoever reads a file while it is written anew finds all of the one text or all of the other', async () => {
  const path = join(dir, 'server.json');
  const [former, later] = ['a', 'b'].map((letter) => letter.repeat(20_000_000)) as [string, string];
  await writeWhole(path, former);
  let isWritten = false;
  const writing = writeWhole(path, later).then(() => (isWritten = true));
  const sizes = new Set<number>();
  while (!isWritten) {
    sizes.add(statSync(path).size);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await writing;
  expect([...sizes]).toEqual([former.length]);
  expect(readFileSync(path, 'utf8')).toBe(later);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(dir)).toEqual(['server.json']);
});
