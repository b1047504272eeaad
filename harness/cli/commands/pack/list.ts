import type { Command } from 'commander';
import { openCatalogue } from '../../../catalogue.js';
import { loadConfig } from '../../../config.js';
import { exitCodeAfter } from '../../exit-code.js';
import { explain } from '../../explain.js';

export function packListCommand(pack: Command): void {
  pack
    .command('list')
    .description('list the assessments of the program and of ASSAYER_PACK_DIRS')
    .option('--json', 'print JSON')
    .action(list);
}

async function list(flags: { json?: true }): Promise<void> {
  // One that cannot be loaded hides no other.
  const catalogue = openCatalogue(loadConfig(process.env, process.cwd()), (id, error, dir) => {
    process.stderr.write(`assayer: ${id} in ${dir} cannot be loaded: ${explain(error)}\n`);
    process.exitCode = exitCodeAfter(error);
  });
  const rows = (await catalogue.list()).map(({ spec, checks }) => {
    const { id, version, title, mainTopic } = spec;
    return { id, version, title, mainTopic, checks: checks.length };
  });
  if (flags.json) return void process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  for (const row of rows) {
    process.stdout.write(`${row.id} ${row.version}  ${row.title} (${row.mainTopic}, ${row.checks} checks)\n`);
  }
}
