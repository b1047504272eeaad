import { performance } from 'node:perf_hooks';
import type { DeclaredCheck, Pack } from '../../assessments/kit/index.js';
import { withPatched } from '../packs/patched.js';
import type { RunRecord } from '../scoring/types.js';
import { scoreRun } from '../scoring/index.js';
import { packCases } from './cases.js';
import { judgeCases, judgePack, mutantsByCheck, unmeasured, unproved } from './judge.js';
import { choose, type Part } from './part.js';
import type { CaseResult, VerifyCase, VerifyReport } from './types.js';

export interface VerifyOptions {
  /** How many submissions are graded at once. */
  readonly concurrency: number;
  /** A part never makes a pack hold. */
  readonly part: Part;
  /** Grades one folder by the checks of this pack, without load profiles. */
  readonly grade: (pack: Pack, dir: string, run: string) => Promise<RunRecord>;
  readonly onResult: (result: CaseResult) => void;
}

const NOTHING = 'Nothing was graded: no submission of the pack has an id like that.';

interface CaseRun {
  readonly expected: VerifyCase;
  readonly result: CaseResult;
}

/** Grades every submission that the pack ships and says whether its checks discriminate. */
export async function verifyPack(pack: Pack, options: VerifyOptions): Promise<VerifyReport> {
  const start = performance.now();
  const { pack: chosen, cases } = choose(pack, await packCases(pack.dir), options.part);
  const runOne = async (expected: VerifyCase): Promise<CaseRun> => {
    const result = await runCase(chosen, expected, options);
    options.onResult(result);
    return { expected, result };
  };
  const first = await inParallel(cases, options.concurrency, runOne);
  // Where the machine was too busy for an answer, the case has it to itself the second time.
  const again = (run: CaseRun): Promise<CaseRun> | CaseRun =>
    run.result.score === null || unmeasured(run.result).length > 0 ? runOne(run.expected) : run;
  const runs = await inParallel(first, 1, async (run) => again(run));
  const results = runs.map((run) => run.result);
  // Those that are judged by a measurement under load are proved by `bench performance`, which takes its time.
  const provable = chosen.checks.filter((check) => !check.bar);
  const problems = problemsOf(chosen.spec, provable, runs, options.part);
  return {
    pack: { id: pack.spec.id, version: pack.spec.version, digest: pack.digest },
    holds: options.part.of === 'all' && problems.length === 0,
    problems,
    cases: results,
    caughtBy: mutantsByCheck(provable, results),
    seconds: seconds(start),
  };
}

/** A part in which nothing was proved has not passed. */
function problemsOf(
  spec: Pack['spec'],
  provable: readonly DeclaredCheck[],
  runs: readonly CaseRun[],
  part: Part,
): string[] {
  switch (part.of) {
    case 'all':
      return judgePack(spec, provable, runs);
    case 'cases':
      return runs.length === 0 ? [NOTHING] : judgeCases(spec, runs);
    case 'check':
      return [...judgeCases(spec, runs), ...unproved(provable, runs)];
  }
}

async function runCase(pack: Pack, expected: VerifyCase, options: VerifyOptions): Promise<CaseResult> {
  const start = performance.now();
  const run = `verify-${expected.kind}-${expected.id}`;
  const grade = (dir: string): Promise<RunRecord> => options.grade(pack, dir, run);
  const { kind, dir } = expected;
  const record = kind === 'mutant' ? await withPatched(dir, expected.patch, grade) : await grade(dir);
  const scorecard = scoreRun(record, { spec: pack.spec, checks: pack.checks });
  const notPassed = scorecard.checks.filter((item) => item.outcome !== 'pass');
  return {
    kind: expected.kind,
    id: expected.id,
    score: scorecard.overall.score,
    outcomes: Object.fromEntries(scorecard.checks.map((item) => [item.id, item.outcome])),
    messages: Object.fromEntries(notPassed.map((item) => [item.id, item.message])),
    verdict: scorecard.verdict?.message ?? null,
    seconds: seconds(start),
  };
}

async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

const seconds = (start: number): number => Math.round((performance.now() - start) / 100) / 10;
