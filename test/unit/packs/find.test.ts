import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PACKS_DIR } from '../../../harness/packs/builtin.js';
import { listPacks, resolvePack } from '../../../harness/packs/index.js';
import { BASIC, FIXTURES } from './support.js';

test('packs of several folders are listed once each, and nothing else that lies there', async () => {
  const more = await mkdtemp(join(tmpdir(), 'assayer-packs-'));
  try {
    for (const name of ['a-pack', 'pack-basic'])
      await cp(join(BASIC, 'assessment.ts'), join(more, name, 'assessment.ts'));
    await mkdir(join(more, 'notes'));
    expect(await listPacks(FIXTURES)).toEqual(['pack-basic']);
    expect(await listPacks(FIXTURES, more)).toEqual(['a-pack', 'pack-basic']);
  } finally {
    await rm(more, { recursive: true });
  }
});

describe('resolvePack', () => {
  test('finds an id in the root and a path anywhere', async () => {
    expect(await resolvePack('pack-basic', FIXTURES)).toBe(BASIC);
    expect(await resolvePack('./test/fixtures/pack-basic', '/nowhere')).toBe(BASIC);
  });

  test('looks in each root, and the first that has it wins', async () => {
    expect(await resolvePack('pack-basic', PACKS_DIR, FIXTURES)).toBe(BASIC);
    expect(await resolvePack('webhook-receiver', PACKS_DIR, FIXTURES)).toBe(
      join(PACKS_DIR, 'webhook-receiver'),
    );
  });

  test('says which there are', async () => {
    await expect(resolvePack('webhooks', FIXTURES)).rejects.toThrow(
      'webhooks: there is no such assessment; known are: pack-basic',
    );
    await expect(resolvePack('../x', FIXTURES)).rejects.toThrow('it has no assessment.ts');
  });
});
