/**
 * How long the parts of a measurement may go on, milliseconds since its beginning. A part that finds its time used up by a busy
 * machine still does the least that it needs (see its own minimum), unless even the last moment has passed.
 */
export const UNTIL = {
  cost: 9_000,
  latency: 13_500,
  memory: 15_000,
  excess: 18_000,
  cores: 20_000,
  /** For more starts than usual, where a busy machine leaves the cost in doubt. */
  doubt: 20_000,
  last: 40_000,
} as const;

/** What the parts of a measurement ask before each further step. */
export interface Clock {
  /** @param done steps so far, of which `least` are made also when the time for it is up */
  isOver(part: keyof typeof UNTIL, done: number, least: number): boolean;
}

/** @param mustStop tells, whatever the time, that going on makes no sense */
export function startClock(mustStop: () => boolean): Clock {
  const began = performance.now();
  return {
    isOver(part, done, least) {
      if (mustStop()) return true;
      const elapsed = performance.now() - began;
      return elapsed > UNTIL.last || (done >= least && elapsed > UNTIL[part]);
    },
  };
}

/** Tells how long each part took: each call ends one, and gives all so far, such as `latency 2.1`. */
export function stopwatch(): (part: string) => readonly string[] {
  const laps: string[] = [];
  let began = performance.now();
  return (part) => {
    const now = performance.now();
    laps.push(`${part} ${((now - began) / 1000).toFixed(1)}`);
    began = now;
    return laps;
  };
}
