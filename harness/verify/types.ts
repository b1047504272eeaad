import type { Level, Outcome } from '../../assessments/kit/index.js';

/** One submission that ships with a pack, and what is expected of it. */
export type VerifyCase =
  /** Lands in its band; the senior one is the reference and gets every point. */
  | { readonly kind: 'solution'; readonly id: Level; readonly dir: string; readonly patch: null }
  /** The reference's behaviour in another style: gets every point too. */
  | { readonly kind: 'equivalent'; readonly id: string; readonly dir: string; readonly patch: null }
  /** The reference with one practice broken: fails exactly `caughtBy`. */
  | {
      readonly kind: 'mutant';
      readonly id: string;
      readonly dir: string;
      readonly patch: string;
      readonly caughtBy: readonly string[];
    }
  /** Empty or dishonest: stays under the pack's ceiling. */
  | { readonly kind: 'cheat'; readonly id: string; readonly dir: string; readonly patch: null };

/** What became of it. */
export interface CaseResult {
  readonly kind: VerifyCase['kind'];
  readonly id: string;
  /** 0 to 100; null when it could not be graded. */
  readonly score: number | null;
  /** By check id. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** By check id, for those that did not pass. */
  readonly messages: Readonly<Record<string, string>>;
  readonly verdict: string | null;
  readonly seconds: number;
}

/** Whether a pack's checks discriminate. */
export interface VerifyReport {
  readonly pack: { readonly id: string; readonly version: string; readonly digest: string };
  readonly holds: boolean;
  /** One sentence each; empty when the pack holds. */
  readonly problems: readonly string[];
  readonly cases: readonly CaseResult[];
  /** Check id to the mutants that fail it. */
  readonly caughtBy: Readonly<Record<string, readonly string[]>>;
  readonly seconds: number;
}
