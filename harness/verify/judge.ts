import type { AssessmentSpec, DeclaredCheck } from '../../assessments/kit/index.js';
import type { CaseResult, VerifyCase } from './types.js';

/** What is wrong with a pack, given how its own submissions fared. Pure. */
export function judgePack(
  spec: Pick<AssessmentSpec, 'solutionBands' | 'cheatCeiling'>,
  checks: readonly Pick<DeclaredCheck, 'id'>[],
  runs: readonly { readonly expected: VerifyCase; readonly result: CaseResult }[],
): string[] {
  const problems = runs.flatMap(({ expected, result }) => judgeCase(spec, expected, result));
  for (const kind of ['solution', 'mutant', 'cheat'] as const) {
    if (!runs.some((run) => run.expected.kind === kind))
      problems.push(`The pack has no ${kind}: nothing was proved.`);
  }
  const proofs = mutantsByCheck(
    checks,
    runs.map((run) => run.result),
  );
  for (const [check, mutants] of Object.entries(proofs)) {
    if (mutants.length === 0)
      problems.push(`Check ${check}: no mutant fails it, so it is not known to discriminate.`);
  }
  return problems;
}

/** Check id to the mutants that fail it. */
export function mutantsByCheck(
  checks: readonly Pick<DeclaredCheck, 'id'>[],
  results: readonly CaseResult[],
): Record<string, string[]> {
  const mutants = results.filter((result) => result.kind === 'mutant');
  return Object.fromEntries(
    checks.map(({ id }) => [
      id,
      mutants.filter((mutant) => lost(mutant).includes(id)).map((mutant) => mutant.id),
    ]),
  );
}

function judgeCase(
  spec: Pick<AssessmentSpec, 'solutionBands' | 'cheatCeiling'>,
  expected: VerifyCase,
  result: CaseResult,
): string[] {
  const name = `${expected.kind} ${expected.id}`;
  if (result.score === null || unmeasured(result).length > 0) {
    const reason = result.verdict ?? unmeasured(result).join(', ');
    return [`${name}: not fully measured (${reason}); verify again when the machine has less to do.`];
  }
  switch (expected.kind) {
    case 'solution': {
      const [low, high] = spec.solutionBands[expected.id];
      const inBand = result.score >= low && result.score <= high;
      return inBand
        ? []
        : [`${name}: scored ${result.score}, outside its band ${low} to ${high}${why(result)}.`];
    }
    case 'equivalent':
      return result.score === 100 ? [] : [`${name}: scored ${result.score} instead of 100${why(result)}.`];
    case 'cheat':
      return result.score <= spec.cheatCeiling
        ? []
        : [`${name}: scored ${result.score}, over the ceiling of ${spec.cheatCeiling}.`];
    case 'mutant':
      return judgeMutant(name, expected.caughtBy, lost(result), result);
  }
}

function judgeMutant(
  name: string,
  declared: readonly string[],
  failed: readonly string[],
  result: CaseResult,
): string[] {
  const missed = declared.filter((id) => !failed.includes(id));
  const extra = failed.filter((id) => !declared.includes(id));
  const problems: string[] = [];
  if (declared.length === 0) problems.push(`${name}: declares no check that must catch it.`);
  if (missed.length > 0) problems.push(`${name}: not caught by ${missed.join(', ')}.`);
  for (const id of extra)
    problems.push(`${name}: also fails ${id}, undeclared: ${result.messages[id] ?? ''}`);
  return problems;
}

const lost = (result: CaseResult): string[] =>
  Object.keys(result.outcomes).filter(
    (id) => result.outcomes[id] === 'fail' || result.outcomes[id] === 'partial',
  );

/** Ids of the checks without an answer. */
export const unmeasured = (result: CaseResult): string[] =>
  Object.keys(result.outcomes).filter(
    (id) => result.outcomes[id] === 'error' || result.outcomes[id] === 'inconclusive',
  );

function why(result: CaseResult): string {
  const failed = lost(result);
  if (failed.length === 0 || failed.length > 8) return '';
  return `; lost ${failed.map((id) => `${id} (${result.messages[id] ?? ''})`).join(', ')}`;
}
