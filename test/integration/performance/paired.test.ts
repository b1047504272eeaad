import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LoadResult } from '../../../assessments/kit/schema/performance.js';
import { loadResultSchema } from '../../../assessments/kit/schema/performance.js';
import { measureProfile } from '../../../runners/performance/index.js';
import { openRig, type ProberRig } from '../support/proberRig.js';

let rig: ProberRig;
beforeAll(async () => {
  rig = await openRig();
}, 600_000);
afterAll(() => rig.close());

const never = new AbortController().signal;

/** One service of the fixtures against another, each in its pod. */
const against = (candidate: string, reference: string, start?: string): Promise<LoadResult> =>
  rig.withService(
    candidate,
    (own) =>
      rig.withService(reference, async (theirs) => {
        await own.boot();
        await theirs.boot();
        const [profile] = rig.pack.loads;
        const sides = { candidate: own.side(profile!), reference: theirs.side(profile!) };
        return measureProfile(profile!, sides, { seed: 'seed', signal: never, say: () => undefined });
      }),
    start === undefined ? {} : { start },
  );

test('two copies of one service are measured alike', async () => {
  const result = await against('good', 'good');
  expect(loadResultSchema.safeParse(result).success).toBe(true);
  expect(result).toMatchObject({ ended: null, answers: { right: 1, fault: null } });
  // Wide on purpose: this machine may be busy, and the spread is the bench's business.
  expect(result.cost?.ratio.value).toBeGreaterThan(0.6);
  expect(result.cost?.ratio.value).toBeLessThan(1.6);
  expect(result.cost?.cpuMs.candidate).toBeGreaterThan(0.01);
}, 120_000);

test.each([
  ['crawls', 'The service hardly answered under load'],
  ['errors', 'answered 500'],
  ['empty', 'without the body that it has at rest'],
  ['floods', 'Only'],
])(
  'a service that %s has its verdict soon',
  async (how, words) => {
    const began = performance.now();
    const result = await against('failing', 'good', `node server.cjs ${how}`);
    expect(result.ended).toContain(words);
    expect(performance.now() - began).toBeLessThan(40_000);
  },
  120_000,
);

test('a service that dies under load has its verdict soon', async () => {
  const start = performance.now();
  const result = await against('dying', 'good');
  expect(result.ended).toBe('The service ended by itself under load.');
  expect(performance.now() - start).toBeLessThan(60_000);
}, 120_000);
