import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Pack } from '../../../assessments/kit/index.js';
import { createPack } from '../../../harness/packs/create.js';
import { loadPack } from '../../../harness/packs/index.js';
import { verifyPack } from '../../../harness/verify/run.js';
import { finding, record } from '../scoring/build.js';

let root: string;
let pack: Pack;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'assayer-verify-'));
  pack = await loadPack(await createPack(join(root, 'notes')));
});
afterAll(() => rm(root, { recursive: true }));

test('one check is all that its submissions are graded by', async () => {
  const graded: string[] = [];
  const report = await verifyPack(pack, {
    concurrency: 1,
    part: { of: 'check', id: 'note-kept' },
    grade: async ({ checks }, _dir, run) => {
      graded.push(run);
      const outcome = run.includes('mutant') ? 'fail' : 'pass';
      return record(checks.map(({ id }) => finding(id, outcome)));
    },
    onResult: () => undefined,
  });
  expect(graded).toEqual(['verify-solution-senior', 'verify-mutant-created-as-ok']);
  expect(report.problems).toEqual([]);
  expect(report.caughtBy).toEqual({ 'note-kept': ['created-as-ok'] });
  expect(report.holds).toBe(false);
});

test.each([
  [
    { of: 'cases', wanted: () => false },
    'Nothing was graded: no submission of the pack has an id like that.',
  ],
  [{ of: 'check', id: 'unproved' }, 'Check unproved: no mutant fails it'],
] as const)('a part in which nothing was proved has not passed (%#)', async (part, problem) => {
  const unproved = pack.checks.map((check, index) => (index === 0 ? { ...check, id: 'unproved' } : check));
  const report = await verifyPack(
    { ...pack, checks: unproved },
    {
      concurrency: 1,
      part,
      grade: async ({ checks }) => record(checks.map(({ id }) => finding(id, 'pass'))),
      onResult: () => undefined,
    },
  );
  expect(report.problems).toEqual([expect.stringContaining(problem)]);
});
