import { performance } from 'node:perf_hooks';

/** One honest run: when it was under way, and what it scored (null when it could not be graded). */
interface Span {
  readonly from: number;
  to: number;
  score: number | null;
  why: string;
}

/** An honest submission that is graded again and again beside the others, and must not notice them. */
export interface Neighbour {
  /** Scores of all honest runs that were under way between two moments; waits for those that still are. */
  beside(from: number, to: number): Promise<readonly { score: number | null; why: string }[]>;
  stop(): Promise<void>;
}

/** @param gradeHonest grades the honest submission once; gives its score, and what was wrong with it if it was not full */
export function startNeighbour(gradeHonest: () => Promise<{ score: number | null; why: string }>): Neighbour {
  const spans: Span[] = [];
  let stopped = false;
  let current = Promise.resolve();

  async function once(): Promise<void> {
    const span: Span = { from: performance.now(), to: Infinity, score: null, why: '' };
    spans.push(span);
    const result = await gradeHonest().catch((error: unknown) => ({ score: null, why: String(error) }));
    Object.assign(span, result, { to: performance.now() });
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
      return spans.filter(meets);
    },
    async stop() {
      stopped = true;
      await ended;
    },
  };
}
