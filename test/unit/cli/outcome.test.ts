import { expect, test } from '@jest/globals';
import { exitCodeOf } from '../../../harness/cli/outcome.js';
import type { VerdictCode } from '../../../assessments/kit/index.js';

const card = (status: 'graded' | 'notGraded' | 'rejected', score: number | null, code?: VerdictCode) => ({
  status,
  overall: { score, range: null, notMeasured: [] },
  verdict: code ? { code, stage: 'boot' as const, message: '', logTail: '' } : null,
});

test.each([
  ['passed', card('graded', 80), null, 0],
  ['at the bar', card('graded', 70), 70, 0],
  ['under the bar', card('graded', 69.9), 70, 1],
  ['broken by its own doing', card('graded', 0, 'exited'), null, 1],
  ['refused', card('rejected', null, 'archiveUnsafe'), null, 2],
  ['our fault', card('notGraded', null, 'engineUnavailable'), null, 3],
  ['nothing measured', card('graded', null), null, 3],
  ['cancelled', card('notGraded', null, 'cancelled'), null, 130],
] as const)('%s', (_, given, bar, code) => {
  expect(exitCodeOf(given, bar)).toBe(code);
});
