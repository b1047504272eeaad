import { expect, test } from '@jest/globals';
import type { DeclaredCheck, DeclaredLoad, Pack } from '../../../../assessments/kit/index.js';
import { measurePerformance } from '../../../../harness/pipeline/5-performance.js';
import { trackProgress } from '../../../../harness/pipeline/progress.js';
import type { GradeDeps, GradeInput } from '../../../../harness/pipeline/types.js';
import type { Prober } from '../../../../runners/prober/types.js';
import type { Pod } from '../../../../runners/sandbox/types.js';

const CHECK = { id: 'cost', file: 'load/it.load.ts', bar: { figure: 'cost', atLeast: 0.5 } } as DeclaredCheck;
const PACK = {
  checks: [CHECK],
  loads: [{ profile: 'it', file: CHECK.file } as DeclaredLoad],
} as unknown as Pack;

/** With an engine that has gone away. */
function stage(signal: AbortSignal) {
  let asked = 0;
  const deps = {
    sandbox: {
      describe: () => {
        asked++;
        return Promise.reject(new Error('the engine does not answer'));
      },
    },
    performanceLane: (work: () => Promise<unknown>) => work(),
  } as unknown as GradeDeps;
  const progress = trackProgress(() => undefined, new AbortController().signal);
  const prober = { close: async () => undefined } as Prober;
  const input = { pack: PACK, withLoad: true } as GradeInput;
  const subject = { pod: {} as Pod, plan: {} as never, prober };
  return {
    progress,
    asked: () => asked,
    measured: measurePerformance(input, subject, deps, progress, signal),
  };
}

test('what fails through a fault of ours is tried once more, and then costs nothing', async () => {
  const { progress, asked, measured } = stage(new AbortController().signal);
  const { findings, performance } = await measured;
  expect(asked()).toBe(2);
  expect(performance).toBeNull();
  expect(findings).toMatchObject([{ checkId: 'cost', outcome: 'inconclusive', fraction: null }]);
  expect(progress.notes.map(({ code }) => code)).toEqual(['loadNotMeasured']);
});

test('a cancelled stage is not tried again', async () => {
  const { asked, measured } = stage(AbortSignal.abort(new Error('cancelled')));
  await expect(measured).rejects.toThrow('cancelled');
  expect(asked()).toBeLessThanOrEqual(1);
});
