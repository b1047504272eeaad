import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPack } from '../../../harness/packs/create.js';
import { examinePack } from '../../../harness/verify/examine/index.js';

describe('a new pack', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'assayer-new-'));
  });
  afterAll(() => rm(root, { recursive: true }));

  test('is called as its folder, and has nothing wrong with its files', async () => {
    const { pack, problems } = await examinePack(await createPack(join(root, 'rate-limiter')));
    expect(problems).toEqual([]);
    expect(pack?.spec.id).toBe('rate-limiter');
  });

  test.each(['Rate_Limiter', '2nd'])('is refused in a folder whose name is no id: %s', async (name) => {
    await expect(createPack(join(root, name))).rejects.toThrow(`not "${name}"`);
  });

  test('touches no folder that has files', async () => {
    const dir = join(root, 'mine');
    await mkdir(dir);
    await writeFile(join(dir, 'kept.txt'), 'mine');
    await expect(createPack(dir)).rejects.toThrow('is there already and has files in it');
    expect(await readdir(dir)).toEqual(['kept.txt']);
  });
});
