import type { Level, LevelBars } from '../../assessments/kit/index.js';
import { LEVELS } from '../../assessments/kit/index.js';
import type { ScoredCheck } from './pair-findings.js';
import { isMeasured, tally } from './tally.js';

/** One level of a topic: its bar, and what the checks up to and including it earned. */
export interface Step {
  readonly level: Level;
  /** `unmeasured`: under half of the points of this level's own checks have a result. */
  readonly state: 'met' | 'missed' | 'unmeasured';
  readonly earned: number;
  /** Points of the measured checks up to and including this level. */
  readonly of: number;
  /** Share of those points that the level asks for, 0 to 1. */
  readonly bar: number;
}

/** The levels a topic can show: those that have checks of their own which apply. A level without cannot be awarded. */
export function ladder(checks: readonly ScoredCheck[], bars: LevelBars): Step[] {
  return LEVELS.flatMap((level, rank) => {
    const own = tally(checks.filter((check) => check.meta.level === level));
    if (own.applicable === 0) return [];
    const upTo = tally(checks.filter((check) => LEVELS.indexOf(check.meta.level) <= rank));
    const bar = bars[level];
    const met = upTo.earned >= bar * upTo.measured - 1e-9;
    const state = !isMeasured(own) ? 'unmeasured' : met ? 'met' : 'missed';
    return [{ level, state, earned: upTo.earned, of: upTo.measured, bar }];
  });
}

/**
 * The highest level whose bar is met, with every measured level before it met too; `below` when the lowest is missed.
 * A level that could not be judged is passed over: it is not awarded, and does not stand in the way of the next. Null when
 * that leaves nothing to say.
 */
export function levelReached(steps: readonly Step[]): Level | 'below' | null {
  let reached: Level | null = null;
  for (const [index, step] of steps.entries()) {
    if (step.state === 'met') reached = step.level;
    if (step.state === 'missed') {
      const doubtBelow =
        reached === null && steps.slice(0, index).some((before) => before.state === 'unmeasured');
      return doubtBelow ? null : (reached ?? 'below');
    }
  }
  return reached;
}
