import { describe, expect, test } from '@jest/globals';
import { diagnosisSchema } from '../../../assessments/kit/schema/performance.js';
import { readDiagnosis } from '../../../runners/performance/diagnosis/read.js';

const SPOT = { name: 'list', url: 'file:///work/src/list.js', line: 12, ms: 400 };
const WORD = {
  folder: '/work',
  busyMs: 1000,
  category: 'event-loop',
  samples: [{ atMs: 150, delayMs: 180, heapMb: 20, busy: 0.9 }],
  hot: [
    SPOT,
    { ...SPOT, name: 'parse', url: 'file:///work/node_modules/x/y.js' },
    { ...SPOT, name: 'rare', ms: 2 },
    { ...SPOT, name: 'away', url: 'file:///etc/other.js' },
  ],
};

describe('what the probe wrote', () => {
  test('becomes the busiest process’s own functions, and one sentence', () => {
    const idle = { ...WORD, busyMs: 3, hot: [] };
    const read = readDiagnosis([JSON.stringify(idle), JSON.stringify(WORD)]);
    expect(read?.hot).toEqual([{ name: 'list', at: 'src/list.js:12', share: 0.4 }]);
    expect(read?.category).toBe('event-loop');
    expect(read?.summary).toContain('held up for 180 ms');
    expect(read?.summary).toContain('list (src/list.js:12) took most, 40 %');
    expect(diagnosisSchema.safeParse(read).success).toBe(true);
  });

  test.each([
    ['nothing', []],
    ['no JSON', ['{"folder":']],
    ['another shape', [JSON.stringify({ ...WORD, busyMs: 'much' })]],
    ['numbers out of bounds', [JSON.stringify({ ...WORD, busyMs: 1e300 })]],
    [
      'lists without end',
      [JSON.stringify({ ...WORD, samples: Array.from({ length: 5000 }, () => WORD.samples[0]) })],
    ],
  ])('is ignored when it is %s', (_what, lines) => {
    expect(readDiagnosis(lines)).toBeNull();
  });

  test('with a category that Doctor does not have says none', () => {
    for (const category of ['<b>', 7, undefined])
      expect(readDiagnosis([JSON.stringify({ ...WORD, category })])?.category).toBeNull();
  });

  test('with impossible shares and long names stays within its bounds', () => {
    const hot = [{ ...SPOT, name: 'x'.repeat(400), ms: 1e9 }];
    const read = readDiagnosis([JSON.stringify({ ...WORD, hot })]);
    expect(diagnosisSchema.safeParse(read).success).toBe(true);
    expect(read?.hot[0]).toMatchObject({ share: 1, name: `${'x'.repeat(79)}…` });
  });

  test('holds nothing that a page or a terminal would take for more than text', () => {
    const hot = [{ ...SPOT, name: '\u001b[2Jx\u202e\u0000y', url: 'file:///work/a\u202e\u0007b.js' }];
    const read = readDiagnosis([JSON.stringify({ ...WORD, hot })]);
    expect(read?.hot[0]).toMatchObject({ name: 'xy', at: 'ab.js:12' });
  });
});
