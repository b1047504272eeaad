import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { DeclaredCheck, DeclaredLoad, Pack } from '../../../assessments/kit/index.js';
import type { LoadResult } from '../../../assessments/kit/schema/performance.js';
import { judge } from '../../../harness/pipeline/performance/judge/index.js';
import { measureProfile } from '../../../runners/performance/index.js';
import { openRig, type ProberRig } from '../support/proberRig.js';

let rig: ProberRig;
beforeAll(async () => {
  rig = await openRig();
}, 600_000);
afterAll(() => rig.close());

const BAR = { figure: 'cores', atLeast: 1.3 } as const;
const onTwo = (pack: Pack): Pack => ({
  ...pack,
  spec: { ...pack.spec, limits: { ...pack.spec.limits, cpus: 2 } },
});

/** A service that computes in one process against one that does in two. */
async function measured(): Promise<LoadResult> {
  const start = (count: number) => ({ change: onTwo, start: `node server.cjs ${count}` });
  const profile: DeclaredLoad = { ...rig.pack.loads[0]!, measures: ['cores'] };
  return rig.withService(
    'computing',
    (own) =>
      rig.withService(
        'computing',
        (theirs) =>
          measureProfile(
            profile,
            { candidate: own.side(profile), reference: theirs.side(profile) },
            { seed: 'seed', signal: new AbortController().signal, say: () => undefined },
          ),
        start(2),
      ),
    start(1),
  );
}

const outcomeOf = (load: LoadResult): string =>
  judge({ id: 'cores', bar: BAR } as unknown as DeclaredCheck, BAR, load).outcome;

// What two threads get depends on who else is busy; that their lack costs nobody points is proved by the judge's own tests.
test('one thread keeps one processor busy and never meets the bar', async () => {
  const load = await measured();
  expect(load).toMatchObject({ ended: null, answers: { right: 1, fault: null } });
  expect(load.cores?.candidate).toBeGreaterThan(0.05);
  expect(load.cores?.candidate).toBeLessThan(BAR.atLeast);
  expect(load.cores?.reference).toBeGreaterThan(0.05);
  expect(['fail', 'inconclusive']).toContain(outcomeOf(load));
}, 120_000);
