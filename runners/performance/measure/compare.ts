import type { Cost } from '../../../assessments/kit/schema/performance.js';
import { certainty, costFrom } from '../figures/cost.js';
import type { Pair } from './course.js';
import type { MeasureOptions, Trial } from './trial.js';

/** Two processes of one program differ by a percent or two for good, so both are started anew. */
const MIN_STARTS = 2;
const MAX_STARTS = 4;
const PAIRS = 12;
const LEAST_PAIRS = 10;
/** In the further starts of a comparison that is in doubt, for which the usual time is over. */
const LEAST_PAIRS_MORE = 6;

export interface Compared {
  /** Null when one side has answered nothing rightly. */
  readonly cost: Cost | null;
  /** The pairs of each start, without those that warmed it. */
  readonly starts: readonly (readonly Pair[])[];
}

/** Start after start, until the cost is known well enough or its time is up. */
export async function compareCost(trial: Trial, { seed, say }: MeasureOptions): Promise<Compared> {
  const starts: (readonly Pair[])[] = [];
  for (;;) {
    await trial.start();
    const pairs = await measurePairs(trial, starts.length < MIN_STARTS ? LEAST_PAIRS : LEAST_PAIRS_MORE);
    starts.push(pairs);
    const cost = costFrom(starts, seed);
    say(
      `start ${starts.length}: ${pairs.length} pairs, ${Math.round(trial.course.perSecond)} requests a second, cost ratio ${cost?.ratio.value.toFixed(3) ?? 'none'}`,
    );
    if (starts.length === MAX_STARTS || isEnough(trial, cost, starts.length)) return { cost, starts };
  }
}

async function measurePairs(trial: Trial, least: number): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  while (pairs.length < PAIRS && !trial.clock.isOver('cost', pairs.length, least)) {
    pairs.push(await trial.course.pair());
    trial.judgeHope(pairs);
  }
  return pairs;
}

function isEnough({ clock }: Trial, cost: Cost | null, starts: number): boolean {
  const known = cost && certainty(cost);
  if (known === 'tight' && starts >= MIN_STARTS) return true;
  return clock.isOver(known === 'doubtful' ? 'doubt' : 'cost', starts, MIN_STARTS);
}
