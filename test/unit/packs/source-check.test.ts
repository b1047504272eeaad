import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../harness/packs/index.js';

const made: string[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((dir) => rm(dir, { recursive: true })));
});

async function packWith(sought: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'assayer-pack-'));
  made.push(dir);
  await cp(join(process.cwd(), 'test/fixtures/pack-basic'), dir, { recursive: true });
  const meta =
    "id: 'of-source', title: 'T', topic: 'T4', practice: '4.1', level: 'mid', dimension: 'correctness', points: 1, why: 'W', remedy: 'R', questions: []";
  await writeFile(
    join(dir, 'checks/source.check.ts'),
    `import { sourceCheck } from 'assayer/kit';\n\nsourceCheck({ ${meta}, sought: ${sought} });\n`,
  );
  return dir;
}

describe('a check of the source in a pack', () => {
  test('is loaded with what it seeks', async () => {
    const { checks } = await loadPack(await packWith("{ what: 'a lock', calls: ['lock'] }"));
    expect(checks.find(({ id }) => id === 'of-source')).toMatchObject({
      file: 'checks/source.check.cjs',
      sought: { what: 'a lock', calls: ['lock'] },
    });
  });

  test.each([
    ["{ what: 'a lock', calls: [] }", 'checks/source.check.ts:3'],
    ["{ what: 'a lock', calls: ['mutex.lock'] }", 'must be the name of a function alone'],
    ["{ what: '', calls: ['lock'] }", 'must not be empty'],
    ["{ calls: ['lock'] }", 'what'],
  ])('is refused with its place and reason: %s', async (sought, reason) => {
    await expect(loadPack(await packWith(sought))).rejects.toThrow(reason);
  });
});
