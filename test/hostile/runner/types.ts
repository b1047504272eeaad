import type { Expected } from './schema.js';

/** What became of a fixture. */
export interface FixtureResult {
  readonly name: string;
  /** Counts from 0 how often it had been handed in before. */
  readonly turn: number;
  readonly nature: Expected['nature'];
  readonly lines: readonly number[];
  /** Nothing is wrong: verdict, score, leftovers, host, neighbour and secrets. */
  readonly held: boolean;
  /** In a few words, such as `outOfMemory 0`. */
  readonly expected: string;
  readonly got: string;
  /** One sentence each. */
  readonly problems: readonly string[];
  readonly leftovers: readonly string[];
  /** The lowest score of the honest runs beside it; null when none ran. */
  readonly neighbour: number | null;
  readonly seconds: number;
}
