import { seededRandom, type DeclaredLoad, type Measure } from '../../../assessments/kit/index.js';
import type { LoadResult } from '../../../assessments/kit/schema/performance.js';
import { answersOf } from '../figures/answers.js';
import { unsteadiness } from '../figures/cost.js';
import { stopwatch } from './clock.js';
import { compareCost, type Compared } from './compare.js';
import { measureCores } from './cores.js';
import type { Sides } from './course.js';
import { measureOverload, measureSlowClients, measureSpike } from './excess.js';
import { measureLatency } from './latency.js';
import { measureMemory } from './memory.js';
import { generatorShare } from './segment.js';
import { Trial, type MeasureOptions } from './trial.js';

/** Measures one load profile on both sides. Whatever a service does shows in the figures; only faults of ours are thrown. */
export async function measureProfile(
  profile: DeclaredLoad,
  sides: Sides,
  options: MeasureOptions,
): Promise<LoadResult> {
  const random = seededRandom(`${options.seed}:${profile.profile}`);
  const trial = new Trial(sides, profile.connections, random, options);
  const { clock } = trial;
  const { candidate } = trial.sides;
  const lap = stopwatch();
  /** Null for what the pack does not ask, and once there is nothing more to measure. */
  async function measure<T>(what: Measure, how: () => Promise<T>): Promise<T | null> {
    const measured = profile.measures.includes(what) && !trial.mustStop() ? await how() : null;
    lap(what);
    return measured;
  }

  const { cost, starts } = profile.measures.includes('cost')
    ? await compareCost(trial, options)
    : await started(trial);
  lap('cost');
  const paced = await measure('latency', () => measureLatency(trial.course, options.seed, clock));
  const memory = await measure('memory', () => measureMemory(trial.course, clock));
  const slowClients = await measure('slowClients', () => measureSlowClients(trial.course));
  const spike = await measure('spike', () => measureSpike(trial.course, clock));
  const overload = await measure('overload', () => measureOverload(trial.course, candidate, clock));
  const cores = await measure('cores', () => measureCores(trial.course, clock));
  if (!trial.mustStop()) await candidate.thaw();
  const stateFault = trial.ended === null ? await candidate.reconcile() : null;
  options.say(`it took, in seconds: ${lap('state').join(', ')}`);
  const { peakBytes } = await candidate.memory();
  const { ended } = trial;
  const { profile: name, title, connections } = profile;
  return {
    profile: name,
    title,
    connections,
    unsure: cost && ended === null ? unsteadiness(cost.referenceSpread) : null,
    ended,
    cost,
    latency: paced?.latency ?? null,
    eventLoop: paced?.eventLoop ?? null,
    memory,
    spike,
    overload,
    slowClients,
    cores: cores && cores.busy,
    answers: answersOf(
      [...starts.flat(), ...(cores?.pairs ?? [])].map((pair) => pair.candidate),
      trial.allPairs.map((pair) => pair.candidate),
    ),
    state: { looked: profile.reconciles && ended === null, fault: stateFault },
    memoryPeakMb: peakBytes / 2 ** 20,
    generatorShare: generatorShare(starts.flat().map((pair) => pair.candidate)),
  };
}

/** Both are up and warm, and nothing was compared. */
async function started(trial: Trial): Promise<Compared> {
  await trial.start();
  return { cost: null, starts: [] };
}
