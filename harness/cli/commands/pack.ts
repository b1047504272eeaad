import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { loadConfig } from '../../config.js';
import { AssayerError, EXIT } from '../../errors.js';
import { openGrading } from '../../grading.js';
import { gradeOrExplain, localInput } from '../../local.js';
import { packRoots } from '../../packs/builtin.js';
import { listPacks, loadPack, resolvePack } from '../../packs/index.js';
import { verifyPack } from '../../verify/run.js';
import { verifyTable } from '../../verify/table.js';
import { interruptSignal } from '../interrupt.js';
import { numberFrom } from '../options.js';

interface VerifyFlags {
  readonly json?: true;
  readonly quiet?: true;
  readonly only?: string;
  readonly concurrency: number;
}

/** What a pack author needs: which packs there are, and whether one holds. */
export function packCommand(program: Command): void {
  const pack = program.command('pack').description('list and verify assessments');

  pack
    .command('list')
    .description('list the assessments of the program and of ASSAYER_PACK_DIRS')
    .option('--json', 'print JSON')
    .action(async (flags: { json?: true }) => {
      const roots = packRoots(loadConfig(process.env, process.cwd()));
      const ids = new Set((await Promise.all(roots.map(listPacks))).flat());
      const packs = await Promise.all([...ids].map(async (id) => loadPack(await resolvePack(id, ...roots))));
      const rows = packs.map(({ spec, checks }) => {
        const { id, version, title, mainTopic } = spec;
        return { id, version, title, mainTopic, checks: checks.length };
      });
      if (flags.json) return void process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
      for (const row of rows) {
        process.stdout.write(
          `${row.id} ${row.version}  ${row.title} (${row.mainTopic}, ${row.checks} checks)\n`,
        );
      }
    });

  pack
    .command('verify <id|dir>')
    .description('grade the solutions, mutants and cheats of a pack: do its checks discriminate?')
    .option('--json', 'print the report as JSON')
    .option('-q, --quiet', 'print no progress')
    .option(
      '--only <pattern>',
      'only cases whose id matches this regular expression; such a part never holds',
    )
    .option('--concurrency <n>', 'submissions at once', numberFrom(1, 64), availableParallelism() * 2)
    .action(verify);
}

async function verify(nameOrDir: string, flags: VerifyFlags): Promise<void> {
  const config = loadConfig(process.env, process.cwd());
  const signal = interruptSignal();
  const say = (line: string): void => void (flags.quiet || process.stderr.write(`${line}\n`));
  const pack = await loadPack(await resolvePack(nameOrDir, ...packRoots(config)));
  const only = flags.only === undefined ? null : pattern(flags.only);
  const grading = await openGrading(config, say);
  try {
    const report = await verifyPack(pack, {
      concurrency: flags.concurrency,
      only: only && ((id) => only.test(id)),
      grade: (dir, run) =>
        gradeOrExplain(
          localInput(config, pack, dir, { run, candidate: null, withLoad: false }),
          grading.deps,
          () => undefined,
          signal,
        ),
      onResult: (result) =>
        say(`${result.kind} ${result.id}: ${result.score ?? 'not graded'} (${result.seconds} s)`),
    });
    process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : verifyTable(report));
    process.exitCode = report.holds ? EXIT.passed : EXIT.barNotMet;
  } finally {
    await grading.close();
  }
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text);
  } catch {
    throw new AssayerError('usage', {
      problem: `--only takes a regular expression, which "${text}" is not.`,
    });
  }
}
