import pc from 'picocolors';
import { VERDICT_CODES } from '../../assessments/kit/index.js';
import type { Scorecard } from '../../assessments/kit/schema/scorecard.js';
import { toJson, toTerminal } from '../../reports/formats/index.js';
import { EXIT, type ExitCode } from '../errors.js';
import type { ResultOptions } from './options.js';
import { writeResultFiles } from './result-files.js';

/** Says how a grading ended, in the forms that were asked for, and gives the exit code. */
export async function tellOutcome(card: Scorecard, options: ResultOptions): Promise<ExitCode> {
  await writeResultFiles(card, options);
  if (options.json) process.stdout.write(toJson(card));
  else process.stdout.write(toTerminal(card, pc.createColors(pc.isColorSupported && process.stdout.isTTY)));
  const bar = options.minScore ?? null;
  const { score } = card.overall;
  if (!options.quiet && bar !== null && score !== null && score < bar) {
    process.stderr.write(`The total of ${score.toFixed(1)} is under the bar of ${bar}.\n`);
  }
  return exitCodeOf(card, bar);
}

/** Broken by its own doing meets no bar, whatever the bar is. */
export function exitCodeOf(
  card: Pick<Scorecard, 'status' | 'verdict' | 'overall'>,
  minScore: number | null,
): ExitCode {
  switch (card.status) {
    case 'rejected':
      return EXIT.usage;
    case 'notGraded':
      return card.verdict?.code === 'cancelled' ? EXIT.interrupted : EXIT.ours;
    case 'graded': {
      if (card.verdict && VERDICT_CODES[card.verdict.code] === 'candidate') return EXIT.barNotMet;
      if (card.overall.score === null) return EXIT.ours;
      return minScore !== null && card.overall.score < minScore ? EXIT.barNotMet : EXIT.passed;
    }
  }
}
