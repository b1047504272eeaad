import { performance } from 'node:perf_hooks';
import type { Fixture } from './corpus.js';
import { expectedInShort, runFixture, type Fared, type Stage } from './fixture.js';
import { keyOf } from './journal.js';
import type { Neighbour } from './neighbour.js';
import type { Grading } from './schema.js';
import type { FixtureResult } from './types.js';
import type { Watchdog } from './watchdog.js';

export interface CorpusRun {
  /** Fixtures under way at once, beside the neighbour. */
  readonly concurrency: number;
  /** Of earlier runs: not handed in again. */
  readonly earlier?: readonly FixtureResult[];
  /** Once aborted, nothing more is begun. */
  readonly enough?: AbortSignal;
  readonly watchdog: Watchdog;
  readonly onResult: (result: FixtureResult) => void;
}

/** A thread that stands still for longer loses its leases and answers nobody. Generous: the machine may be busy. */
const BLOCKED_SECONDS = 5;

/** The honest submission's grade, whatever runs beside it. */
export const HONEST_SCORE = 100;

/** Hands in what has no result yet, in order. New results come in order of completion. */
export async function runCorpus(
  wanted: readonly HandIn[],
  stage: Stage,
  neighbour: Neighbour,
  { concurrency, earlier = [], enough, watchdog, onResult }: CorpusRun,
): Promise<FixtureResult[]> {
  const there = new Set(earlier.map(keyOf));
  const queue = wanted.filter((turn) => !there.has(keyOf(turn)));
  const results: FixtureResult[] = [];
  const lane = async (): Promise<void> => {
    while (enough?.aborted !== true) {
      const next = queue.shift();
      if (next === undefined) return;
      stage.signal.throwIfAborted();
      watchdog.enter(next.name);
      const fared = await runFixture(next.fixture, next.grading, next.turn, stage);
      const blocked = watchdog.leave(next.name);
      const result = await conclude(next, { ...fared, blocked }, neighbour);
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return results;
}

interface GradingFixture {
  readonly name: string;
  readonly fixture: Fixture;
  readonly grading: Grading;
}

type Turn<T> = T & { readonly turn: number };
export type HandIn = Turn<GradingFixture>;

/**
 * The fixtures that are gradings; the others stand in tests. Those that stop at the door come first: they need no pod and take the
 * least time. After them those that may take longest, so that none is left alone in the end.
 */
export const gradingsOf = (fixtures: readonly Fixture[]): GradingFixture[] =>
  fixtures
    .flatMap((fixture) =>
      fixture.expected.kind === 'grading' ? [{ name: fixture.name, fixture, grading: fixture.expected }] : [],
    )
    .sort(
      (a, b) =>
        Number(stopsAtTheDoor(b)) - Number(stopsAtTheDoor(a)) ||
        b.grading.expect.maxSeconds - a.grading.expect.maxSeconds,
    );

const stopsAtTheDoor = ({ grading }: GradingFixture): boolean => grading.expect.status === 'rejected';

/** A step of this many fixtures on, and round again, mixes what stands together by name. */
const STRIDE = 89;

/** What is handed in, in order: each once, or so many in all, again and again in a mixed order. `turn` tells one hand-in of a fixture from another. */
export function turns<T>(fixtures: readonly T[], runs = fixtures.length): Turn<T>[] {
  const { length } = fixtures;
  const mixed = runs !== length && length % STRIDE !== 0;
  return Array.from({ length: length === 0 ? 0 : runs }, (_, index) => ({
    ...fixtures[(mixed ? index * STRIDE : index) % length]!,
    turn: Math.floor(index / length),
  }));
}

async function conclude(
  { name, turn, grading }: HandIn,
  fared: Fared & { readonly blocked: number },
  neighbour: Neighbour,
): Promise<FixtureResult> {
  const beside = await neighbour.beside(fared.from, fared.to);
  const harmed = beside.filter(({ score }) => score !== HONEST_SCORE);
  const lowest = beside.map(({ score }) => score).sort((a, b) => (a ?? -1) - (b ?? -1))[0] ?? null;
  const left = [
    ...fared.leftovers.map((what) => `left over: ${what}`),
    ...beside.flatMap(({ leftovers }) => leftovers.map((what) => `left over by the honest run: ${what}`)),
  ];
  const problems = [
    ...fared.problems,
    ...(fared.blocked > BLOCKED_SECONDS
      ? [
          `the platform's own thread stood still for ${fared.blocked.toFixed(1)} s while this or a fixture beside it ran`,
        ]
      : []),
    ...left,
    ...harmed.map(({ score, why }) => `the honest run beside it got ${score ?? 'no score'}: ${why}`),
  ];
  return {
    name,
    turn,
    nature: grading.nature,
    lines: grading.lines,
    held: problems.length === 0,
    expected: expectedInShort(grading),
    got: fared.got,
    problems,
    leftovers: left,
    neighbour: lowest,
    seconds: Math.round((fared.to - fared.from) / 100) / 10,
  };
}

export const secondsSince = (start: number): number => Math.round((performance.now() - start) / 100) / 10;
