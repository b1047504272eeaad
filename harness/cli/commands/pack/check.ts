import type { Command } from 'commander';
import { loadConfig } from '../../../config.js';
import { EXIT } from '../../../errors.js';
import { packRoots } from '../../../packs/builtin.js';
import { resolvePack } from '../../../packs/index.js';
import { examinePack } from '../../../verify/examine/index.js';

export function packCheckCommand(pack: Command): void {
  pack
    .command('check <id|dir>')
    .description('say what is wrong with the files of a pack, running nothing; takes a second')
    .option('--json', 'print JSON')
    .action(check);
}

async function check(nameOrDir: string, flags: { json?: true }): Promise<void> {
  const config = loadConfig(process.env, process.cwd());
  const dir = await resolvePack(nameOrDir, ...packRoots(config));
  const { pack, problems } = await examinePack(dir);
  process.exitCode = problems.length === 0 ? EXIT.passed : EXIT.barNotMet;
  if (flags.json) return void process.stdout.write(`${JSON.stringify({ problems }, null, 2)}\n`);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  if (pack && problems.length === 0)
    process.stdout.write(
      `${pack.spec.id} ${pack.spec.version}: ${pack.checks.length} checks, nothing wrong with its files. ` +
        `Whether they tell good work from bad says \`assayer pack verify ${nameOrDir}\`.\n`,
    );
}
