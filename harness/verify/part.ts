import type { Pack } from '../../assessments/kit/index.js';
import type { VerifyCase } from './types.js';

/** What of a pack is verified: all of it, the submissions of some ids, or one check alone. */
export type Part =
  | { readonly of: 'all' }
  | { readonly of: 'cases'; readonly wanted: (id: string) => boolean }
  | { readonly of: 'check'; readonly id: string };

export interface Chosen {
  readonly pack: Pack;
  readonly cases: readonly VerifyCase[];
}

export function choose(pack: Pack, cases: readonly VerifyCase[], part: Part): Chosen {
  switch (part.of) {
    case 'all':
      return { pack, cases };
    case 'cases':
      return { pack, cases: cases.filter(({ id }) => part.wanted(id)) };
    case 'check':
      return { pack: only(pack, part.id), cases: cases.flatMap((item) => about(item, part.id)) };
  }
}

/** With one check there is no score between all and nothing. */
function only(pack: Pack, id: string): Pack {
  const solutionBands = { ...pack.spec.solutionBands, senior: [100, 100] as const };
  return {
    ...pack,
    spec: { ...pack.spec, solutionBands },
    checks: pack.checks.filter((check) => check.id === id),
  };
}

/** Who has to pass the check, and who to fail it. Of the others nothing is known. */
function about(item: VerifyCase, id: string): VerifyCase[] {
  switch (item.kind) {
    case 'solution':
      return item.id === 'senior' ? [item] : [];
    case 'equivalent':
      return [item];
    case 'mutant':
      return item.caughtBy.includes(id) ? [{ ...item, caughtBy: [id] }] : [];
    case 'cheat':
      return [];
  }
}
