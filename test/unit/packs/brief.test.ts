import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { extract } from 'tar-stream';
import { PACKS_DIR } from '../../../harness/packs/builtin.js';
import { readBrief, readContract, starterArchive } from '../../../harness/packs/brief.js';
import { loadPack } from '../../../harness/packs/index.js';
import { readMutants } from '../../../harness/packs/mutants.js';

const dir = join(PACKS_DIR, 'webhook-receiver');

test('a starter has brief and contract beside it, and nothing that is hidden', async () => {
  const pack = await loadPack(dir);
  const archive = await starterArchive(pack);
  expect((await starterArchive(pack)).equals(archive)).toBe(true);
  const names: string[] = [];
  const tar = extract();
  tar.end(gunzipSync(archive));
  for await (const entry of tar) {
    names.push(entry.header.name);
    entry.resume();
  }
  expect(names).toEqual(
    expect.arrayContaining(
      ['BRIEF.md', 'README.md', 'openapi.yaml', 'package.json'].map((name) => `webhook-receiver/${name}`),
    ),
  );
  expect(names.filter((name) => /node_modules|\.check\.|solutions|mutants/.test(name))).toEqual([]);
});

test('a pack without a brief has none', async () => {
  const bare = { dir: join(process.cwd(), 'test/fixtures/pack-basic') };
  expect([await readBrief(bare), await readContract(bare), await readMutants(bare.dir)]).toEqual([
    null,
    null,
    [],
  ]);
  expect(await readBrief({ dir })).toContain('# Webhook receiver');
});

test('every mutant names checks that there are', async () => {
  const ids = new Set((await loadPack(dir)).checks.map(({ id }) => id));
  const mutants = await readMutants(dir);
  expect(mutants.length).toBeGreaterThan(10);
  expect(mutants.flatMap(({ caughtBy }) => caughtBy).filter((id) => !ids.has(id))).toEqual([]);
});
