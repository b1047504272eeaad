import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import type { Pack } from '../../../../assessments/kit/index.js';
import { loadConfig } from '../../../config.js';
import { AssayerError, EXIT } from '../../../errors.js';
import { openGrading } from '../../../grading.js';
import { gradeOrExplain, localInput } from '../../../local.js';
import { packRoots } from '../../../packs/builtin.js';
import { resolvePack } from '../../../packs/index.js';
import { examinePack } from '../../../verify/examine/index.js';
import type { Part } from '../../../verify/part.js';
import { verifyPack } from '../../../verify/run.js';
import { verifyTable } from '../../../verify/table.js';
import { interruptSignal } from '../../interrupt.js';
import { numberFrom } from '../../options.js';

interface VerifyFlags {
  readonly json?: true;
  readonly quiet?: true;
  readonly check?: string;
  readonly only?: string;
  readonly concurrency: number;
}

export function packVerifyCommand(pack: Command): void {
  pack
    .command('verify <id|dir>')
    .description('grade the solutions, mutants and cheats of a pack: do its checks discriminate?')
    .option('--check <id>', 'this check alone: the reference has to pass it, its mutants to fail it')
    .option('--only <pattern>', 'only submissions whose id matches this regular expression')
    .option('--json', 'print the report as JSON')
    .option('-q, --quiet', 'print no progress')
    .option('--concurrency <n>', 'submissions at once', numberFrom(1, 64), availableParallelism() * 2)
    .addHelpText(
      'after',
      '\nEnds with 0 when all is as it has to be, else 1. A part says nothing of the whole.',
    )
    .action(verify);
}

async function verify(nameOrDir: string, flags: VerifyFlags): Promise<void> {
  const config = loadConfig(process.env, process.cwd());
  const signal = interruptSignal();
  const say = (line: string): void => void (flags.quiet || process.stderr.write(`${line}\n`));
  const { pack, problems } = await examinePack(await resolvePack(nameOrDir, ...packRoots(config)));
  const part = pack ? partOf(pack, flags) : null;
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  // Whoever tries one check may well be without the mutants of the next. The whole takes too long to learn at its end what was wrong.
  if (!pack || !part || (problems.length > 0 && part.of === 'all'))
    throw new AssayerError('packFaulty', { count: problems.length });
  const grading = await openGrading(config, say);
  try {
    const report = await verifyPack(pack, {
      concurrency: flags.concurrency,
      part,
      grade: (graded, dir, run) =>
        gradeOrExplain(
          localInput(config, graded, dir, { run, candidate: null, withLoad: false }),
          grading.deps,
          () => undefined,
          signal,
        ),
      onResult: (result) =>
        say(`${result.kind} ${result.id}: ${result.score ?? 'not graded'} (${result.seconds} s)`),
    });
    process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : verifyTable(report));
    process.exitCode = report.problems.length === 0 ? EXIT.passed : EXIT.barNotMet;
  } finally {
    await grading.close();
  }
}

function partOf(pack: Pack, { check: id, only }: VerifyFlags): Part {
  if (id === undefined) return only === undefined ? { of: 'all' } : { of: 'cases', wanted: matching(only) };
  if (only !== undefined) throw usage('Give either --check or --only.');
  const check = pack.checks.find((one) => one.id === id);
  if (!check)
    throw usage(`There is no check "${id}"; there are ${pack.checks.map((one) => one.id).join(', ')}.`);
  if (check.bar)
    throw usage(
      `Check "${id}" is judged by what is measured under load, which takes minutes: grade a solution instead.`,
    );
  return { of: 'check', id };
}

function matching(text: string): (id: string) => boolean {
  try {
    const pattern = new RegExp(text);
    return (id) => pattern.test(id);
  } catch {
    throw usage(`--only takes a regular expression, which "${text}" is not.`);
  }
}

const usage = (problem: string): AssayerError => new AssayerError('usage', { problem });
