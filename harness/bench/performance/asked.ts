import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DeclaredCheck, Finding } from '../../../assessments/kit/index.js';
import { readMutants } from '../../packs/mutants.js';
import { withPatched } from '../../packs/patched.js';
import { openIn } from '../../pipeline/3-boot.js';
import type { GradingBench } from '../grading.js';
import { invite } from './guests.js';

/** A mutant of the pack and the hidden checks of the performance dimension that must find it, without any load. */
export interface Asked {
  readonly name: string;
  readonly patch: string;
  readonly checks: readonly DeclaredCheck[];
}

/** Such as calls one after another, a cache that is missing, an event loop that is held. */
export async function askedMutants({ pack }: GradingBench): Promise<Asked[]> {
  const mutants = await readMutants(pack.dir);
  return mutants.flatMap(({ id: name, folder, caughtBy }) => {
    const checks = pack.checks.filter(
      ({ id, dimension, bar }) => dimension === 'performance' && !bar && caughtBy.includes(id),
    );
    return checks.length === 0 ? [] : [{ name, patch: join(folder, 'change.patch'), checks }];
  });
}

/** Asks the mutant its checks so many times, each time on a new start with other data; whether all of them failed, by time. */
export const askMutant = (bench: GradingBench, asked: Asked, times: number): Promise<boolean[]> =>
  withPatched(join(bench.pack.dir, 'solutions', 'senior'), asked.patch, async (dir) => {
    const { pack, grading, say, signal } = bench;
    const guest = await invite(bench, dir);
    const found: boolean[] = [];
    try {
      for (let i = 0; i < times; i++) {
        const seed = randomBytes(4).toString('hex');
        const place = { folder: `asked-${i}-` };
        const prober = await openIn({ pack, seed }, guest.plan, guest.pod, grading.deps, place, signal);
        try {
          const booted = await prober.boot();
          if (!booted.ok) throw new Error(`${asked.name} does not start: ${booted.verdict.message}`);
          const findings = await prober.run(asked.checks, () => undefined);
          say(`${asked.name}: ${findings.map(inWords).join('; ')}`);
          found.push(findings.every(({ outcome }) => outcome === 'fail'));
        } finally {
          await prober.close();
        }
      }
      return found;
    } finally {
      await guest.leave();
    }
  });

const inWords = ({ checkId, outcome, observed }: Finding): string =>
  `${checkId} ${outcome}${observed === null ? '' : ` (${observed})`}`;
