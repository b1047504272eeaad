import type { Random } from '../../../assessments/kit/index.js';
import type { Side, Stretch } from '../types.js';
import { runSegment, speedOf, type Segment } from './segment.js';

/** One stretch on both sides, in random order. */
export interface Pair {
  readonly candidate: Segment;
  readonly reference: Segment;
}

export interface Sides {
  readonly candidate: Side;
  readonly reference: Side;
}

/**
 * Length of a segment on the reference, milliseconds; the candidate is given the same requests. What the neighbours of a virtual
 * machine do changes within a second, so the shorter the turns, the more of it both sides share: for the same time in all, segments of
 * 80 ms spread half as much as those of 300 ms, and those of 600 ms twice as much.
 */
const SEGMENT_MS = 100;
/** A candidate that needs longer than this is cut off and judged by what it has done. */
const MAX_SEGMENT_MS = 1200;
const FIRST_COUNT = 100;
/** However slow the reference is on a busy machine. */
const LEAST_COUNT = 50;

/** Both programs since their last start: what they have been sent, always the same to both, and how fast the reference is. */
export class Course {
  private at = 0;
  /** All that was measured at a bearable load. */
  readonly pairs: Pair[] = [];
  /** Correct requests a second of the reference in its last segment. */
  private speed = (FIRST_COUNT * 1000) / SEGMENT_MS;

  constructor(
    private readonly sides: Sides,
    private readonly connections: number,
    private readonly random: Random,
  ) {}

  get perSecond(): number {
    return this.speed;
  }

  /** A pair at a bearable load. */
  async pair(change: Partial<Stretch> = {}): Promise<Pair> {
    const pair = await this.beyond(change);
    this.pairs.push(pair);
    return pair;
  }

  /** A pair that asks more than that, or comes after it: as many requests as the reference answers in a segment. */
  async beyond(change: Partial<Stretch> = {}): Promise<Pair> {
    const count = Math.max(LEAST_COUNT, Math.round((this.speed * SEGMENT_MS) / 1000));
    const stretch = this.next({ count, ...change });
    const pair = await this.run(stretch);
    if (stretch.rate === null) this.speed = speedOf(pair.reference) ?? this.speed;
    return pair;
  }

  /** A stretch of requests that no other has had since the start. */
  next(change: Partial<Stretch>): Stretch {
    const usual = { count: FIRST_COUNT, rate: null, withinMs: MAX_SEGMENT_MS, slowClients: 0 };
    const stretch = { connections: this.connections, from: this.at, ...usual, ...change };
    this.at += stretch.count;
    return stretch;
  }

  private async run(stretch: Stretch): Promise<Pair> {
    const { candidate, reference } = this.sides;
    if (this.random.int(0, 1) === 0) {
      const first = await runSegment(candidate, stretch);
      return { candidate: first, reference: await runSegment(reference, stretch) };
    }
    const first = await runSegment(reference, stretch);
    return { candidate: await runSegment(candidate, stretch), reference: first };
  }
}
