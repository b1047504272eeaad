import type { Random } from '../../../assessments/kit/index.js';
import { hopeless } from '../figures/hopeless.js';
import { startClock, type Clock } from './clock.js';
import { Course, type Pair, type Sides } from './course.js';
import { warmUp } from './steady.js';

export interface MeasureOptions {
  readonly seed: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** The latest pairs, once a service is warm: whoever is hopeless then will not get well. */
const LOOK_AT = 4;

/** Both sides over all their starts in one measurement, until the candidate gives a reason to end it. */
export class Trial {
  readonly sides: Sides;
  readonly clock: Clock;
  readonly #courses: [Course, ...Course[]];
  #ended: string | null = null;

  constructor(
    { candidate, reference }: Sides,
    private readonly connections: number,
    private readonly random: Random,
    private readonly options: MeasureOptions,
  ) {
    /** Only its own processes can keep it from being frozen: the reference is frozen in the same way. */
    const freeze = (): Promise<void> =>
      candidate.freeze().catch(() => {
        this.#end('The service could not be stopped for its turn to end: its processes keep multiplying.');
      });
    this.sides = { candidate: { ...candidate, freeze }, reference };
    this.clock = startClock(() => this.mustStop());
    this.#courses = [this.#newCourse()];
  }

  /** Since the last start. */
  get course(): Course {
    return this.#courses.at(-1) as Course;
  }

  /** Why the candidate's part was over before its time, in words; the first reason stands. */
  get ended(): string | null {
    return this.#ended;
  }

  /** All pairs at a bearable load, over all starts, the warming ones among them. */
  get allPairs(): readonly Pair[] {
    return this.#courses.flatMap(({ pairs }) => pairs);
  }

  /** @throws when the grading is called off */
  mustStop(): boolean {
    this.options.signal.throwIfAborted();
    const { candidate, reference } = this.sides;
    if (!candidate.running()) this.#end('The service ended by itself under load.');
    return this.#ended !== null || !reference.running();
  }

  /** Ends it if the latest pairs leave no hope; fewer than it takes to tell leave some. */
  judgeHope(pairs: readonly Pair[]): void {
    if (pairs.length < LOOK_AT) return;
    const reason = hopeless(pairs.slice(-LOOK_AT), this.connections);
    if (reason !== null) this.#end(reason);
  }

  /** Starts both anew, on empty data, and warms them. @throws when the reference does not come up */
  async start(): Promise<void> {
    const { candidate, reference } = this.sides;
    const began = performance.now();
    const [up, isReady] = await Promise.all([candidate.restart(), reference.restart()]);
    if (!isReady) throw new Error('the reference solution of the pack does not start');
    if (!up) this.#end('The service did not come up again.');
    await Promise.all([up ? candidate.freeze() : null, reference.freeze()]);
    this.#courses.push(this.#newCourse());
    const upMs = performance.now() - began;
    const warming = up ? await warmUp(this.course, this.clock) : [];
    this.judgeHope(warming);
    const warmMs = performance.now() - began - upMs;
    this.options.say(
      `both started in ${seconds(upMs)} s, warm after ${seconds(warmMs)} s and ${warming.length} pairs`,
    );
  }

  #end(reason: string): void {
    this.#ended ??= reason;
  }

  #newCourse(): Course {
    return new Course(this.sides, this.connections, this.random);
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
