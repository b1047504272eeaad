import { fileURLToPath } from 'node:url';
import { localInput } from '../../local.js';
import { withPatched } from '../../packs/patched.js';
import { grade } from '../../pipeline/grade.js';
import { findMeasured } from '../../pipeline/performance/findings.js';
import type { GradingBench } from '../grading.js';
import { inArena } from './arena.js';
import { askedMutants, askMutant } from './asked.js';
import { FAULTS, isFound } from './faults.js';
import type { Seen } from './figures.js';
import { nameOfRun } from './guests.js';
import { besideGradings, besideHogs } from './neighbours.js';

/** What a part of the bench works with; it adds what it sees to `seen` and says when there is something new. */
interface Part {
  readonly bench: GradingBench;
  /** The pack's reference solution. */
  readonly senior: string;
  readonly runs: number;
  readonly seen: Seen;
  readonly tell: () => void;
}

const STAGES = 3;
const ASKED = 5;
const variant = (name: string): string => fileURLToPath(new URL(`./variants/${name}.patch`, import.meta.url));

/** An identical copy and a costlier one by turns, while something else goes on on the machine. */
const beside =
  (
    what: 'hog' | 'grading',
    neighbours: (bench: GradingBench, dir: string, work: () => Promise<void>) => Promise<void>,
  ) =>
  ({ bench, senior, runs, seen, tell }: Part): Promise<void> =>
    inArena(bench, ['cost'], senior, async ({ enter, compare }) => {
      const same = await enter(senior);
      const costlier = await withPatched(senior, variant('costlier'), enter);
      await neighbours(bench, senior, async () => {
        for (let i = 0; i < runs; i++) {
          seen[what].identical.push(await compare(same, `identical beside a ${what}`));
          seen[what].costlier.push(await compare(costlier, `costlier beside a ${what}`));
          tell();
        }
      });
    });

/** Each can be run apart from the others, in this order. */
export const PARTS = {
  /** The whole stage, as a submission goes through it. */
  async stage({ bench, senior, runs, seen, tell }: Part): Promise<void> {
    const { config, pack, grading, say, signal } = bench;
    for (let i = 0; i < Math.min(STAGES, runs); i++) {
      const parts: number[] = [];
      const options = { run: nameOfRun(), candidate: null, withLoad: true };
      await grade(
        localInput(config, pack, senior, options),
        grading.deps,
        (event) => {
          if (event.type === 'log') say(event.line);
          if (event.type === 'stageFinished' && event.stage === 'performance') parts.push(event.ms / 1000);
        },
        signal,
      );
      const [checks = 0, all = checks] = parts;
      seen.stages.push({ checks, load: all - checks });
      tell();
    }
  },

  /** Identical programs, with everything that the profile measures. */
  quiet: ({ bench, senior, runs, seen, tell }: Part): Promise<void> =>
    inArena(bench, allMeasures(bench), senior, async ({ enter, compare }) => {
      const same = await enter(senior);
      for (let i = 0; i < runs; i++) {
        const load = await compare(same, 'identical');
        const findings = findMeasured(bench.pack, { loads: [load] });
        for (const { checkId, outcome, message } of findings)
          if (outcome !== 'pass') bench.say(`${checkId}: ${outcome}, ${message}`);
        seen.quiet.push({
          load,
          band: findings.map(({ checkId, outcome }) => `${checkId}: ${outcome}`).join(),
        });
        tell();
      }
    }),

  costlier: ({ bench, senior, runs, seen, tell }: Part): Promise<void> =>
    inArena(bench, ['cost'], senior, async ({ enter, compare }) => {
      const costlier = await withPatched(senior, variant('costlier'), enter);
      for (let i = 0; i < runs; i++) {
        seen.costlier.push(await compare(costlier, 'costlier'));
        tell();
      }
    }),

  hog: beside('hog', (_bench, _dir, work) => besideHogs(work)),
  grading: beside('grading', besideGradings),

  /** Each with everything that the profile measures. */
  faults: ({ bench, senior, seen, tell }: Part): Promise<void> =>
    inArena(bench, allMeasures(bench), senior, async ({ enter, compare }) => {
      for (const name of FAULTS) {
        const candidate = await withPatched(senior, variant(name), enter);
        const began = performance.now();
        const findings = findMeasured(bench.pack, { loads: [await compare(candidate, name)] });
        const seconds = (performance.now() - began) / 1000;
        const lost = findings.filter(({ outcome }) => outcome === 'fail').map(({ checkId }) => checkId);
        bench.say(`${name}: fails ${lost.join(', ') || 'nothing'}`);
        seen.faults.push({ name, isFound: isFound(name, findings, seconds) });
        tell();
      }
    }),

  /** Faults that the pack's own questions find, without load. */
  async asked({ bench, runs, seen, tell }: Part): Promise<void> {
    for (const mutant of await askedMutants(bench)) {
      const { name } = mutant;
      for (const isFound of await askMutant(bench, mutant, Math.min(ASKED, runs)))
        seen.faults.push({ name, isFound });
      tell();
    }
  },
} as const;

const allMeasures = ({ pack }: GradingBench) => pack.loads[0]?.measures ?? [];
