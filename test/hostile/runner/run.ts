import { performance } from 'node:perf_hooks';
import type { Fixture } from './corpus.js';
import { expectedInShort, runFixture, type Fared, type Stage } from './fixture.js';
import type { Neighbour } from './neighbour.js';
import type { Grading } from './schema.js';
import type { FixtureResult } from './types.js';
import type { Watchdog } from './watchdog.js';

export interface CorpusRun {
  /** Fixtures under way at once, beside the neighbour. */
  readonly concurrency: number;
  /** Hands in so many in all, again and again in a mixed order; absent: each once. */
  readonly runs?: number;
  readonly watchdog: Watchdog;
  readonly onResult: (result: FixtureResult) => void;
}

/** A thread that stands still for longer loses its leases and answers nobody. Generous: the machine may be busy. */
const BLOCKED_SECONDS = 5;

/** The honest submission's grade, whatever runs beside it. */
export const HONEST_SCORE = 100;

/** Runs fixtures that are gradings; the others stand in tests. Results come in order of completion. */
export async function runCorpus(
  fixtures: readonly Fixture[],
  stage: Stage,
  neighbour: Neighbour,
  { concurrency, runs, watchdog, onResult }: CorpusRun,
): Promise<FixtureResult[]> {
  const queue = turns(gradingsOf(fixtures), runs);
  const results: FixtureResult[] = [];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      stage.signal.throwIfAborted();
      watchdog.enter(next.fixture.name);
      const fared = await runFixture(next.fixture, next.grading, next.turn, stage);
      const blocked = watchdog.leave(next.fixture.name);
      const result = await conclude(next.fixture, next.grading, { ...fared, blocked }, neighbour);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return results;
}

interface GradingFixture {
  readonly fixture: Fixture;
  readonly grading: Grading;
}

const gradingsOf = (fixtures: readonly Fixture[]): GradingFixture[] =>
  fixtures.flatMap((fixture) =>
    fixture.expected.kind === 'grading' ? [{ fixture, grading: fixture.expected }] : [],
  );

/** A step of this many fixtures on, and round again, mixes what stands together by name. */
const STRIDE = 89;

/** What is handed in, in order; `turn` tells one hand-in of a fixture from another. */
export function turns<T>(fixtures: readonly T[], runs = fixtures.length): (T & { readonly turn: number })[] {
  const mixed = runs !== fixtures.length && fixtures.length % STRIDE !== 0;
  return Array.from({ length: fixtures.length === 0 ? 0 : runs }, (_, turn) => ({
    ...fixtures[(mixed ? turn * STRIDE : turn) % fixtures.length]!,
    turn,
  }));
}

async function conclude(
  fixture: Fixture,
  grading: Grading,
  fared: Fared & { readonly blocked: number },
  neighbour: Neighbour,
): Promise<FixtureResult> {
  const beside = await neighbour.beside(fared.from, fared.to);
  const harmed = beside.filter(({ score }) => score !== HONEST_SCORE);
  const lowest = beside.map(({ score }) => score).sort((a, b) => (a ?? -1) - (b ?? -1))[0] ?? null;
  const problems = [
    ...fared.problems,
    ...(fared.blocked > BLOCKED_SECONDS
      ? [
          `the platform's own thread stood still for ${fared.blocked.toFixed(1)} s while this or a fixture beside it ran`,
        ]
      : []),
    ...fared.leftovers.map((what) => `left over: ${what}`),
    ...harmed.map(({ score, why }) => `the honest run beside it got ${score ?? 'no score'}: ${why}`),
  ];
  return {
    name: fixture.name,
    nature: grading.nature,
    lines: grading.lines,
    held: problems.length === 0,
    expected: expectedInShort(grading),
    got: fared.got,
    problems,
    leftovers: fared.leftovers,
    neighbour: lowest,
    seconds: Math.round((fared.to - fared.from) / 100) / 10,
  };
}

export const secondsSince = (start: number): number => Math.round((performance.now() - start) / 100) / 10;
