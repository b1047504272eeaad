import { availableParallelism, totalmem } from 'node:os';
import type { Command } from 'commander';
import pc from 'picocolors';
import type { PreflightReport, PreflightResult } from '../../../runners/sandbox/preflight/index.js';
import { askServices } from '../../await-server.js';
import { loadConfig } from '../../config.js';
import { EXIT } from '../../errors.js';
import { openGrading } from '../../grading.js';
import { proveHost } from '../../isolation.js';
import { programVersion } from '../../version.js';

const EXAMPLES = `
Examples:
  assayer doctor
  assayer doctor --json | jq '.results[] | select(.holds == false)'

Exit code 0: candidate code may run here, and the database and Redis of the settings answer. 3: not, and a worker takes nothing.`;

/** Proves by trying whether this host can grade: engine, isolation, room, database and queue. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('prove that this host holds candidate code in')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async ({ json }: { json?: true }) => {
      const config = loadConfig(process.env, process.cwd());
      const grading = await openGrading(config, (line) => process.stderr.write(`${line}\n`));
      try {
        const services = await askServices(config);
        const report = await proveHost(config, grading.deps.sandbox, grading.deps.images);
        process.stdout.write(
          json ? `${JSON.stringify({ ...report, services }, null, 2)}\n` : describe(report, services),
        );
        const inOrder = report.holds && services.every(({ holds }) => holds);
        process.exitCode = inOrder ? EXIT.passed : EXIT.ours;
      } finally {
        await grading.close();
      }
    });
}

function describe({ holds, results, tookMs }: PreflightReport, services: readonly PreflightResult[]): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const host = `Assayer ${programVersion()}, Node ${process.versions.node}, ${availableParallelism()} cores, ${memory} GiB`;
  const broken = results.filter((result) => result.holds === false).length;
  const verdict = holds
    ? pc.green('Candidate code may run here.')
    : pc.red(`Candidate code must not run here: ${broken} of ${results.length} do not hold.`);
  const waits = services.some((service) => !service.holds)
    ? [pc.red('A worker here would wait, or end at once: database or queue are not in order.')]
    : [];
  const end = `${verdict} (${(tookMs / 1000).toFixed(1)} s)`;
  return [host, ...[...results, ...services].map(line), end, ...waits, ''].join('\n');
}

function line({ holds, title, detail }: PreflightResult): string {
  const mark = holds === null ? pc.yellow('?     ') : holds ? pc.green('holds ') : pc.red('BROKEN');
  return `  ${mark} ${title}: ${detail}`;
}
