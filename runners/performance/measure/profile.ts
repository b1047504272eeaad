import { seededRandom, type DeclaredLoad, type Measure } from '../../../assessments/kit/index.js';
import type { Cost, LoadResult } from '../../../assessments/kit/schema/performance.js';
import { answersOf } from '../figures/answers.js';
import { certainty, costFrom, unsteadiness } from '../figures/cost.js';
import { hopeless } from '../figures/hopeless.js';
import { startClock, stopwatch } from './clock.js';
import { measureCores } from './cores.js';
import { Course, type Pair, type Sides } from './course.js';
import { measureOverload, measureSlowClients, measureSpike } from './excess.js';
import { measureLatency } from './latency.js';
import { measureMemory } from './memory.js';
import { generatorShare } from './segment.js';
import type { Side } from '../types.js';
import { warmUp } from './steady.js';

export interface MeasureOptions {
  readonly seed: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Two processes of one program differ by a percent or two for good, so both are started anew. */
const MIN_STARTS = 2;
const MAX_STARTS = 4;
const PAIRS = 12;
const LEAST_PAIRS = 10;
/** In the further starts of a comparison that is in doubt, for which the usual time is over. */
const LEAST_PAIRS_MORE = 6;
/** The latest pairs, once a service is warm: whoever is hopeless then will not get well. */
const LOOK_AT = 4;

/** Measures one load profile on both sides. Whatever a service does shows in the figures; only faults of ours are thrown. */
export async function measureProfile(
  profile: DeclaredLoad,
  sides: Sides,
  options: MeasureOptions,
): Promise<LoadResult> {
  const { reference } = sides;
  const random = seededRandom(`${options.seed}:${profile.profile}`);
  const starts: Pair[][] = [];
  let ended: string | null = null;
  /** Only its own processes can keep it from being frozen: the reference is frozen in the same way. */
  const candidate: Side = {
    ...sides.candidate,
    freeze: () =>
      sides.candidate.freeze().catch(() => {
        ended ??= 'The service could not be stopped for its turn to end: its processes keep multiplying.';
      }),
  };
  const both: Sides = { candidate, reference };
  const courses: Course[] = [];
  let course = nextCourse();

  function nextCourse(): Course {
    const next = new Course(both, profile.connections, random);
    courses.push(next);
    return next;
  }

  const mustStop = (): boolean => {
    options.signal.throwIfAborted();
    if (!candidate.running()) ended ??= 'The service ended by itself under load.';
    return ended !== null || !reference.running();
  };
  const clock = startClock(mustStop);
  const wants = (measure: Measure): boolean => profile.measures.includes(measure) && !mustStop();

  async function start(): Promise<void> {
    const began = performance.now();
    const [up, isReady] = await Promise.all([candidate.restart(), reference.restart()]);
    if (!isReady) throw new Error('the reference solution of the pack does not start');
    if (!up) ended ??= 'The service did not come up again.';
    await Promise.all([up ? candidate.freeze() : null, reference.freeze()]);
    course = nextCourse();
    const upMs = performance.now() - began;
    if (up) await warmUp(course, clock);
    ended ??= hopeless(course.pairs.slice(-LOOK_AT), profile.connections);
    const warmMs = performance.now() - began - upMs;
    options.say(
      `both started in ${seconds(upMs)} s, warm after ${seconds(warmMs)} s and ${course.pairs.length} pairs`,
    );
  }

  async function compare(): Promise<Cost | null> {
    let cost: Cost | null = null;
    while (starts.length < MAX_STARTS) {
      await start();
      const pairs: Pair[] = [];
      const least = starts.length < MIN_STARTS ? LEAST_PAIRS : LEAST_PAIRS_MORE;
      while (pairs.length < PAIRS && !clock.isOver('cost', pairs.length, least)) {
        pairs.push(await course.pair());
        if (pairs.length >= LOOK_AT) ended ??= hopeless(pairs.slice(-LOOK_AT), profile.connections);
      }
      starts.push(pairs);
      cost = costFrom(starts, options.seed);
      options.say(
        `start ${starts.length}: ${pairs.length} pairs, ${Math.round(course.perSecond)} requests a second, cost ratio ${cost?.ratio.value.toFixed(3) ?? 'none'}`,
      );
      if (isEnough(cost)) break;
    }
    return cost;
  }

  function isEnough(cost: Cost | null): boolean {
    const known = cost && certainty(cost);
    if (known === 'tight' && starts.length >= MIN_STARTS) return true;
    return clock.isOver(known === 'doubtful' ? 'doubt' : 'cost', starts.length, MIN_STARTS);
  }

  const lap = stopwatch();
  const cost = profile.measures.includes('cost') ? await compare() : (await start(), null);
  lap('cost');
  const paced = wants('latency') ? await measureLatency(course, options.seed, clock) : null;
  lap('latency');
  const memory = wants('memory') ? await measureMemory(course, clock) : null;
  lap('memory');
  const slowClients = wants('slowClients') ? await measureSlowClients(course) : null;
  lap('slow clients');
  const spike = wants('spike') ? await measureSpike(course, clock) : null;
  lap('spike');
  const overload = wants('overload') ? await measureOverload(course, candidate, clock) : null;
  lap('overload');
  const cores = wants('cores') ? await measureCores(course, clock) : null;
  lap('cores');
  if (!mustStop()) await candidate.thaw();
  const stateFault = ended === null ? await candidate.reconcile() : null;
  options.say(`it took, in seconds: ${lap('state').join(', ')}`);
  const { peakBytes } = await candidate.memory();
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
      courses.flatMap(({ pairs }) => pairs.map((pair) => pair.candidate)),
    ),
    state: { looked: profile.reconciles && ended === null, fault: stateFault },
    memoryPeakMb: peakBytes / 2 ** 20,
    generatorShare: generatorShare(starts.flat().map((pair) => pair.candidate)),
  };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
