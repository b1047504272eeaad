import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { CheckEnd, HarnessError, ServiceError } from '../../../assessments/kit/index.js';
import { findingSchema } from '../../../assessments/kit/schema/finding.js';
import { judge, type Judgement } from '../../../runners/prober/agent/checks/outcome.js';
import { mask, SECRET } from './support.js';

const asFinding = (judgement: Judgement) => ({ checkId: 'x', ...judgement, evidence: [], durationMs: 1 });

test.each<[string, unknown, Partial<Judgement>]>([
  [
    'fail()',
    new CheckEnd('failed', 'no', { expected: '1', observed: '2' }),
    { outcome: 'fail', fraction: 0, expected: '1', observed: '2' },
  ],
  [
    'a service error',
    new ServiceError('gone', 'ECONNRESET'),
    { outcome: 'fail', fraction: 0, observed: 'ECONNRESET' },
  ],
  ['a fault of ours', new HarnessError('no answer'), { outcome: 'error', fraction: null }],
  ['inconclusive', new CheckEnd('inconclusive', 'noisy'), { outcome: 'inconclusive', fraction: null }],
  ['not applicable', new CheckEnd('notApplicable', 'none'), { outcome: 'notApplicable', fraction: null }],
  ['partial', new CheckEnd('partial', 'half', { fraction: 0.5 }), { outcome: 'partial', fraction: 0.5 }],
  ['a whole partial', new CheckEnd('partial', 'all', { fraction: 1 }), { outcome: 'error', fraction: null }],
  ['a TypeError', new TypeError('x is undefined'), { outcome: 'fail', message: 'x is undefined' }],
  [
    'an error of another realm',
    runInNewContext('new RangeError("far")'),
    { outcome: 'fail', message: 'far' },
  ],
  ['a string', 'odd', { outcome: 'fail', message: 'odd' }],
  ['nothing', undefined, { outcome: 'fail', message: 'undefined' }],
  ['an empty message', new Error(''), { outcome: 'fail', message: 'the check failed without a message' }],
])('%s', (_what, thrown, expected) => {
  const judgement = judge(thrown, mask.text);
  expect(judgement).toMatchObject(expected);
  expect(findingSchema.safeParse(asFinding(judgement)).success).toBe(true);
});

describe('the words', () => {
  test('of jest’s expect give both sides', () => {
    let thrown: unknown;
    try {
      expect(1).toBe(2);
    } catch (error) {
      thrown = error;
    }
    expect(judge(thrown, mask.text)).toMatchObject({ expected: '2', observed: '1' });
  });

  test('are clean, masked and short', () => {
    const { message, observed } = judge(
      new CheckEnd('failed', `\u001b[31m${SECRET}\u202e${'x'.repeat(5000)}`, { observed: 'y'.repeat(5000) }),
      mask.text,
    );
    expect(message).toMatch(/^\$API_KEYx+…$/);
    expect(message.length).toBeLessThan(1100);
    expect(observed?.length).toBeLessThan(1100);
  });
});
