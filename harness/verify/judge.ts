import type { AssessmentSpec, DeclaredCheck, Outcome } from '../../assessments/kit/index.js';
import type { CaseResult, VerifyCase } from './types.js';

type Rules = Pick<AssessmentSpec, 'solutionBands' | 'cheatCeiling'>;
type Runs = readonly { readonly expected: VerifyCase; readonly result: CaseResult }[];

/**
 * Each submission that did not fare as it has to. Mutants are made from the reference, so what that one loses they lose as well:
 * it is said of the reference alone. Pure.
 */
export function judgeCases(spec: Rules, runs: Runs): string[] {
  const reference = runs.find(
    ({ expected }) => expected.kind === 'solution' && expected.id === 'senior',
  )?.result;
  const told = runs.filter(({ expected }) => expected.kind !== 'mutant' || !reference?.verdict);
  const known = reference ? lost(reference) : [];
  return told.flatMap(({ expected, result }) => judgeCase(spec, expected, result, known));
}

/** What is wrong with a pack, given how all of its own submissions fared. Pure. */
export function judgePack(spec: Rules, checks: readonly Pick<DeclaredCheck, 'id'>[], runs: Runs): string[] {
  const problems = judgeCases(spec, runs);
  for (const kind of ['solution', 'mutant', 'cheat'] as const) {
    if (!runs.some((run) => run.expected.kind === kind))
      problems.push(`The pack has no ${kind}: nothing was proved.`);
  }
  return [...problems, ...unproved(checks, runs)];
}

/** Checks that no mutant fails: nothing shows that they can. Pure. */
export function unproved(checks: readonly Pick<DeclaredCheck, 'id'>[], runs: Runs): string[] {
  const proofs = mutantsByCheck(
    checks,
    runs.map((run) => run.result),
  );
  return Object.keys(proofs)
    .filter((check) => proofs[check]?.length === 0)
    .map(
      (check) =>
        `Check ${check}: no mutant fails it, so it is not known to discriminate. Add one to mutants.`,
    );
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
  spec: Rules,
  expected: VerifyCase,
  result: CaseResult,
  known: readonly string[],
): string[] {
  const name = `${expected.kind} ${expected.id}`;
  if (result.score === null || unmeasured(result).length > 0) return [`${name}: ${notMeasured(result)}`];
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
        : [
            `${name}: scored ${result.score}, over the ceiling of ${spec.cheatCeiling}; passed ${told(result, passed(result))}.`,
          ];
    case 'mutant':
      return judgeMutant(
        name,
        expected.caughtBy,
        lost(result).filter((id) => expected.caughtBy.includes(id) || !known.includes(id)),
        result,
      );
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
  if (result.verdict !== null && missed.length + extra.length > 0)
    return [`${name}: ${result.verdict} A mutant has to run; break one thing only.`];
  if (missed.length > 0)
    problems.push(
      `${name}: not caught by ${missed.join(', ')}. Either the check looks too little, or the patch breaks nothing that it asks for.`,
    );
  for (const id of extra)
    problems.push(
      `${name}: also fails ${told(result, [id])}, undeclared; break one thing only, or add it to caughtBy.`,
    );
  return problems;
}

const having = (result: CaseResult, ...outcomes: Outcome[]): string[] =>
  Object.keys(result.outcomes).filter((id) => outcomes.includes(result.outcomes[id] as Outcome));

const passed = (result: CaseResult): string[] => having(result, 'pass');
const lost = (result: CaseResult): string[] => having(result, 'fail', 'partial');

/** Ids of the checks without an answer. */
export const unmeasured = (result: CaseResult): string[] => having(result, 'error', 'inconclusive');

function notMeasured(result: CaseResult): string {
  const ids = unmeasured(result);
  const reason = result.verdict ?? told(result, ids);
  const next = having(result, 'error').length > 0 && result.score !== null ? FAULT : BUSY;
  return `not fully measured (${reason}); ${next}`;
}

const BUSY = 'verify again when the machine has less to do.';
const FAULT = 'no submission is to blame for that: look at the check itself first.';

/** Why points were lost: of a submission that did not even run, in one sentence instead of one for each check. */
function why(result: CaseResult): string {
  if (result.verdict !== null) return `: ${result.verdict.replace(/\.$/, '')}`;
  const failed = lost(result);
  return failed.length === 0 ? '' : `; lost ${told(result, failed)}`;
}

/** The most checks that are told one by one. */
const MOST_TOLD = 8;

function told({ messages }: CaseResult, ids: readonly string[]): string {
  const first = ids.slice(0, MOST_TOLD).map((id) => (messages[id] ? `${id} (${messages[id]})` : id));
  const rest = ids.length - first.length;
  return `${first.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
