import { performance } from 'node:perf_hooks';

/** What became of an honest run. */
export interface Honest {
  /** Null when it could not be graded. */
  readonly score: number | null;
  /** What was wrong if the score is not full. */
  readonly why: string;
  readonly leftovers: readonly string[];
}

/** One honest run: when it was under way, and what became of it. */
interface Span {
  readonly from: number;
  to: number;
  result: Honest;
}

const UNKNOWN: Honest = { score: null, why: '', leftovers: [] };

/** An honest submission that is graded again and again beside the others, and must not notice them. */
export interface Neighbour {
  /** All honest runs that were under way between two moments; waits for those that still are. */
  beside(from: number, to: number): Promise<readonly Honest[]>;
  stop(): Promise<void>;
}

/** @param gradeHonest grades the honest submission once */
export function startNeighbour(gradeHonest: () => Promise<Honest>): Neighbour {
  const spans: Span[] = [];
  let stopped = false;
  let current = Promise.resolve();

  async function once(): Promise<void> {
    const span: Span = { from: performance.now(), to: Infinity, result: UNKNOWN };
    spans.push(span);
    span.result = await gradeHonest().catch((error: unknown) => ({ ...UNKNOWN, why: String(error) }));
    span.to = performance.now();
  }
  async function forever(): Promise<void> {
    while (!stopped) {
      current = once();
      await current;
    }
  }
  const ended = forever();

  return {
    async beside(from, to) {
      const meets = (span: Span): boolean => span.from < to && span.to > from;
      if (spans.some((span) => meets(span) && span.to === Infinity)) await current;
      return spans.filter(meets).map(({ result }) => result);
    },
    async stop() {
      stopped = true;
      await ended;
    },
  };
}
