import { randomBytes } from 'node:crypto';
import type { DeclaredLoad, Measure } from '../../../assessments/kit/index.js';
import type { LoadResult } from '../../../assessments/kit/schema/performance.js';
import { measureProfile } from '../../../runners/performance/index.js';
import type { Prober } from '../../../runners/prober/types.js';
import { enter, type Guest } from '../../pipeline/performance/contest.js';
import { coresOf } from '../../pipeline/performance/cores.js';
import type { GradingBench } from '../grading.js';
import { invite } from './guests.js';

/** Pods side by side, each of which is measured against the reference by the pack's first load profile. */
export interface Arena {
  enter(dir: string): Promise<Prober>;
  compare(candidate: Prober, what: string): Promise<LoadResult>;
}

export async function inArena<T>(
  bench: GradingBench,
  measures: readonly Measure[],
  reference: string,
  work: (arena: Arena) => Promise<T>,
): Promise<T> {
  const { pack, grading, say, signal } = bench;
  const { deps } = grading;
  const cores = coresOf(await deps.sandbox.describe());
  const opened: { guest: Guest; prober: Prober }[] = [];
  const [profile] = pack.loads;
  if (!profile) throw new Error('the pack has no load profile');
  const only: DeclaredLoad = { ...profile, measures };

  async function admit(dir: string): Promise<Prober> {
    const guest = await invite(bench, dir);
    const prober = await enter(guest, { pack, seed: 'bench' }, deps, cores, signal);
    opened.push({ guest, prober });
    return prober;
  }

  try {
    const theirs = await admit(reference);
    return await work({
      enter: admit,
      async compare(candidate, what) {
        const sides = { candidate: candidate.side(only), reference: theirs.side(only) };
        const options = { seed: randomBytes(4).toString('hex'), signal, say };
        const began = performance.now();
        const load = await deps.performanceLane(() => measureProfile(only, sides, options), signal);
        say(`${what}: ${inWords(load)}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
        return load;
      },
    });
  } finally {
    for (const { guest, prober } of opened) {
      await prober.close();
      await guest.leave();
    }
  }
}

/** The ratio, its interval, and the ratio of each pair by start, so that a run that is cut short is not lost. */
function inWords({ cost, unsure, ended }: LoadResult): string {
  if (!cost) return ended ?? 'no cost';
  const { value, low, high } = cost.ratio;
  const pairs = cost.pairs.map((start) => start.map((one) => one.toFixed(3)).join(' ')).join(' | ');
  return `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}) of ${pairs}${unsure === null ? '' : `; ${unsure}`}`;
}
