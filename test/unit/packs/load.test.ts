import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../harness/packs/index.js';
import { BASIC, packWith } from './support.js';

describe('a good pack', () => {
  test('is loaded from any folder, with its checks, loads and compiled files', async () => {
    const pack = await loadPack(await packWith());
    expect(pack.spec.id).toBe('pack-basic');
    expect(pack.checks.map(({ id, file }) => `${file} ${id}`)).toEqual([
      'checks/announce.check.cjs announces-once',
      'checks/create.check.cjs create-note',
      'checks/create.check.cjs key-required',
      'checks/survives.check.cjs survives-crash',
    ]);
    expect(pack.loads).toEqual([
      {
        profile: 'mixed',
        title: 'Notes created and health asked',
        connections: 8,
        measures: ['cost'],
        reconciles: false,
        file: 'load/mixed.load.cjs',
      },
    ]);
    expect(Object.keys(pack.files).sort()).toEqual([
      'checks/announce.check.cjs',
      'checks/create.check.cjs',
      'checks/survives.check.cjs',
      'load/mixed.load.cjs',
      'stubs/registry.stub.cjs',
    ]);
  });

  test('has the same digest in every folder', async () => {
    const [here, there] = await Promise.all([loadPack(BASIC), loadPack(await packWith())]);
    expect(there.digest).toBe(here.digest);
    expect(here.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['a check', 'checks/create.check.ts', "'creating a note'", "'making a note'"],
    ['its points', 'checks/create.check.ts', 'points: 4', 'points: 5'],
    ['a stub', 'stubs/registry.stub.ts', 'status: 201', 'status: 202'],
    ['a load', 'load/mixed.load.ts', 'length: 50', 'length: 51'],
    ['the limits', 'assessment.ts', 'memoryMb: 128', 'memoryMb: 129'],
  ])('has another digest when %s changes', async (_what, file, from, to) => {
    const [before, after] = await Promise.all([loadPack(BASIC), loadPack(await packWith(file, from, to))]);
    expect(after.digest).not.toBe(before.digest);
  });

  test('does not mix its checks with those of a pack loaded at the same time', async () => {
    const packs = await Promise.all([1, 2, 3].map(() => loadPack(BASIC)));
    expect(packs.map(({ checks }) => checks.length)).toEqual([4, 4, 4]);
  });
});
