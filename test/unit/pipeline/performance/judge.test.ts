import { describe, expect, test } from '@jest/globals';
import type { Bar, DeclaredCheck } from '../../../../assessments/kit/index.js';
import { findingSchema } from '../../../../assessments/kit/schema/finding.js';
import type { LoadResult } from '../../../../assessments/kit/schema/performance.js';
import { judge } from '../../../../harness/pipeline/performance/judge/index.js';
import { PERFORMANCE } from '../../../golden/build/performance.js';

const LOAD = PERFORMANCE.loads[0] as LoadResult;
const COST: Bar = { figure: 'cost', atLeast: 0.8 };
const CORES: Bar = { figure: 'cores', atLeast: 1.3 };
const CHECK = { id: 'it', bar: COST } as DeclaredCheck;

const judged = (bar: Bar, change: Partial<LoadResult> = {}) => {
  const finding = judge(CHECK, bar, { ...LOAD, ...change });
  expect(findingSchema.safeParse(finding).success).toBe(true);
  return finding;
};
const withRatio = (value: number, low: number, high: number): Partial<LoadResult> => ({
  cost: { ...LOAD.cost!, ratio: { value, low, high } },
});

describe('a ratio', () => {
  test.each([
    ['above the bar', 0.9, 0.85, 0.95, 'pass'],
    ['with the bar inside its interval', 0.78, 0.74, 0.82, 'pass'],
    ['with its whole interval below', 0.7, 0.66, 0.75, 'fail'],
    ['that swings, its middle below', 0.5, 0.3, 0.9, 'fail'],
    ['that swings, its middle above', 0.85, 0.4, 1.2, 'pass'],
  ])('%s', (_what, value, low, high, outcome) => {
    expect(judged(COST, withRatio(value, low, high)).outcome).toBe(outcome);
  });

  test('says what it would take', () => {
    expect(judged(COST, withRatio(0.5, 0.49, 0.51)).message).toContain('38 % less');
  });

  test('is never good when answers were wrong', () => {
    const answers = { requests: 5000, right: 0.2, wrong: 0.8, fault: 'GET /x: answered 500 instead of 2xx' };
    const finding = judged(COST, { ...withRatio(9, 8, 10), answers });
    expect(finding.outcome).toBe('fail');
    expect(finding.message).toContain('answered 500');
    expect(judged({ figure: 'latency', atLeast: 0.5, orWithinMs: 1000 }, { answers }).outcome).toBe('fail');
  });

  test.each<Bar>([
    { figure: 'cost', atLeast: 0.01 },
    { figure: 'latency', atLeast: 0.01, orWithinMs: 1000 },
    { figure: 'eventLoop', atLeast: 0.01, orWithinMs: 1000 },
    { figure: 'memory', atMostKb: 1e6 },
    { figure: 'recovery', withinMs: 1e6 },
    { figure: 'spike', failedAtMost: 1, withinMs: 1e6 },
    { figure: 'slowClients', atLeast: 0 },
    { figure: 'answers', atLeast: 0.99 },
  ])('is never good when answers were wrong elsewhere under load: %j', (bar) => {
    expect(judged(bar).outcome).toBe('pass');
    const answers = { ...LOAD.answers, wrong: 0.05, fault: 'GET /x: answered wrongly: []' };
    const { outcome, message } = judged(bar, { answers });
    expect(outcome).toBe('fail');
    expect(message).toContain('First fault: GET /x');
  });

  test('near the bar costs nothing when the reference differs from itself', () => {
    const unsteady = (high: number): Partial<LoadResult> => ({
      cost: { ...LOAD.cost!, ratio: { value: high - 0.01, low: high - 0.02, high }, referenceSpread: 0.3 },
      unsure: 'too busy.',
    });
    expect(judged(COST, unsteady(0.7))).toMatchObject({ outcome: 'inconclusive', fraction: null });
    expect(judged(COST, unsteady(0.9)).outcome).toBe('pass');
    expect(judged(COST, unsteady(0.3)).outcome).toBe('fail');
  });
});

test.each<[string, Bar, Partial<LoadResult>, string]>([
  ['a quick tail', { figure: 'latency', atLeast: 1, orWithinMs: 10 }, {}, 'pass'],
  ['a slow tail', { figure: 'latency', atLeast: 1, orWithinMs: 4 }, {}, 'fail'],
  ['a tail slow for both that swings', { figure: 'latency', atLeast: 1, orWithinMs: 1 }, {}, 'inconclusive'],
  [
    'a tail slow for both, but clearly slower',
    { figure: 'latency', atLeast: 1, orWithinMs: 1 },
    { latency: { ...LOAD.latency!, p99: { value: 0.6, low: 0.55, high: 0.65 } } },
    'fail',
  ],
  [
    'a tail that wavers for both, and is not behind',
    { figure: 'latency', atLeast: 0.5, orWithinMs: 1 },
    { latency: { ...LOAD.latency!, p99: { value: 1, low: 0.4, high: 1.8 } } },
    'pass',
  ],
  [
    'a tail that wavers for both, and seems to be far behind',
    { figure: 'latency', atLeast: 0.5, orWithinMs: 1 },
    { latency: { ...LOAD.latency!, p99: { value: 0.4, low: 0.2, high: 0.9 } } },
    'inconclusive',
  ],
  [
    'a quick tail of those that it answers at all',
    { figure: 'latency', atLeast: 0.01, orWithinMs: 1000 },
    { latency: { ...LOAD.latency!, right: 0.9 } },
    'fail',
  ],
  [
    'light requests that do not wait, or are turned away',
    { figure: 'eventLoop', atLeast: 0.01, orWithinMs: 1000 },
    { eventLoop: { ...LOAD.eventLoop!, right: 0.9 } },
    'fail',
  ],
  ['memory as the reference', { figure: 'memory', atMostKb: 100 }, {}, 'pass'],
  ['memory that grows', { figure: 'memory', atMostKb: 10 }, {}, 'fail'],
  ['right answers', { figure: 'answers', atLeast: 0.99 }, {}, 'pass'],
  [
    'no answers',
    { figure: 'answers', atLeast: 0.99 },
    { answers: { requests: 0, right: 0, wrong: 0, fault: null } },
    'fail',
  ],
  ['all there', { figure: 'state' }, {}, 'pass'],
  ['something lost', { figure: 'state' }, { state: { looked: true, fault: '3 of 9 are lost.' } }, 'fail'],
  ['not looked', { figure: 'state' }, { state: { looked: false, fault: null } }, 'inconclusive'],
  ['recovered', { figure: 'recovery', withinMs: 500 }, {}, 'pass'],
  ['recovered late', { figure: 'recovery', withinMs: 300 }, {}, 'fail'],
  [
    'never recovered',
    { figure: 'recovery', withinMs: 300 },
    { overload: { ...LOAD.overload!, recoveredMs: null } },
    'fail',
  ],
  ['light requests that do not wait', { figure: 'eventLoop', atLeast: 1, orWithinMs: 5 }, {}, 'pass'],
  ['light requests that wait', { figure: 'eventLoop', atLeast: 0.9, orWithinMs: 3 }, {}, 'fail'],
  [
    'none that is light',
    { figure: 'eventLoop', atLeast: 1, orWithinMs: 5 },
    { eventLoop: null },
    'inconclusive',
  ],
  ['a spike absorbed', { figure: 'spike', failedAtMost: 0.01, withinMs: 500 }, {}, 'pass'],
  [
    'a spike that was dropped',
    { figure: 'spike', failedAtMost: 0.01, withinMs: 500 },
    { spike: { ...LOAD.spike!, answered: 0.9, failed: 0.1 } },
    'fail',
  ],
  [
    'a spike that was turned away',
    { figure: 'spike', failedAtMost: 0.01, withinMs: 500 },
    { spike: { ...LOAD.spike!, answered: 0.1, shed: 0.9, failed: 0 } },
    'fail',
  ],
  [
    'an overload that was turned away',
    { figure: 'recovery', withinMs: 500 },
    { overload: { ...LOAD.overload!, answered: 0.1, shed: 0.9, failed: 0 } },
    'pass',
  ],
  [
    'a spike that the reference did not bear either',
    { figure: 'spike', failedAtMost: 0.01, withinMs: 500 },
    { spike: { ...LOAD.spike!, answered: 0.9, failed: 0.1, referenceFailed: 0.1 } },
    'inconclusive',
  ],
  [
    'an overload that was answered wrongly',
    { figure: 'recovery', withinMs: 1e6 },
    { overload: { ...LOAD.overload!, wrong: 0.3 } },
    'fail',
  ],
  [
    'too few requests for memory, since it is slow',
    { figure: 'memory', atMostKb: 100 },
    {
      memory: { ...LOAD.memory!, requests: 90 },
      cost: { ...LOAD.cost!, speed: { value: 0.02, low: 0.01, high: 0.03 } },
    },
    'fail',
  ],
  [
    'too few requests for memory on a slow machine',
    { figure: 'memory', atMostKb: 100 },
    { memory: { ...LOAD.memory!, requests: 90 } },
    'inconclusive',
  ],
  ...(
    [
      { figure: 'latency', atLeast: 0.5, orWithinMs: 25 },
      { figure: 'eventLoop', atLeast: 0.5, orWithinMs: 25 },
      { figure: 'spike', failedAtMost: 0.01, withinMs: 500 },
      { figure: 'recovery', withinMs: 300 },
      { figure: 'slowClients', atLeast: 0.9 },
      CORES,
    ] as const
  ).map((bar): [string, Bar, Partial<LoadResult>, string] => [
    `no time left for ${bar.figure}, since it is slow`,
    bar,
    {
      latency: null,
      eventLoop: null,
      spike: null,
      overload: null,
      slowClients: null,
      cores: null,
      cost: { ...LOAD.cost!, speed: { value: 0.02, low: 0.01, high: 0.03 } },
    },
    'fail',
  ]),
  ['not measured', { figure: 'recovery', withinMs: 300 }, { overload: null }, 'inconclusive'],
  ['undisturbed', { figure: 'slowClients', atLeast: 0.9 }, {}, 'pass'],
  [
    'disturbed',
    { figure: 'slowClients', atLeast: 0.9 },
    { slowClients: { clients: 9, answered: 0.5, reference: 1 } },
    'fail',
  ],
  ['two processors', CORES, { cores: { candidate: 1.7, reference: 1.9 } }, 'pass'],
  ['one of two', CORES, { cores: { candidate: 1.05, reference: 1.9 } }, 'fail'],
  ['two where none is free', CORES, { cores: { candidate: 0.9, reference: 1.1 } }, 'inconclusive'],
  ['hardly less than the reference', CORES, { cores: { candidate: 1.25, reference: 1.35 } }, 'inconclusive'],
  ['processors that were not looked at', CORES, {}, 'inconclusive'],
  ['a service that died', { figure: 'state' }, { ended: 'It ended by itself.' }, 'fail'],
])('%s', (_what, bar, change, outcome) => {
  expect(judged(bar, change).outcome).toBe(outcome);
});
