import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearIfTooLarge } from '../../../runners/install/registry/storage.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assayer-storage-'));
  await mkdir(join(folder, '@scope', 'name'), { recursive: true });
  for (const name of ['a.tgz', 'b.tgz'])
    await writeFile(join(folder, '@scope', 'name', name), Buffer.alloc(1000));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('packages stay while they take no more than they may, and go together when they take more', async () => {
  await clearIfTooLarge(folder, 2000);
  expect(existsSync(join(folder, '@scope', 'name', 'b.tgz'))).toBe(true);
  await clearIfTooLarge(folder, 1999);
  expect(existsSync(folder)).toBe(false);
  await clearIfTooLarge(folder, 1999);
});
