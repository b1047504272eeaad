import type { Command } from 'commander';
import type { Pack } from '../../../../assessments/kit/index.js';
import { loadConfig } from '../../../config.js';
import { EXIT } from '../../../errors.js';
import { packRoots } from '../../../packs/builtin.js';
import { listPacks, loadPack, PackError, resolvePack } from '../../../packs/index.js';

export function packListCommand(pack: Command): void {
  pack
    .command('list')
    .description('list the assessments of the program and of ASSAYER_PACK_DIRS')
    .option('--json', 'print JSON')
    .action(list);
}

async function list(flags: { json?: true }): Promise<void> {
  const roots = packRoots(loadConfig(process.env, process.cwd()));
  const ids = new Set((await Promise.all(roots.map(listPacks))).flat());
  const packs = await Promise.all([...ids].map(async (id) => loadOrTell(id, roots)));
  const rows = packs.flatMap((pack) => {
    if (!pack) return [];
    const { id, version, title, mainTopic } = pack.spec;
    return [{ id, version, title, mainTopic, checks: pack.checks.length }];
  });
  if (rows.length < packs.length) process.exitCode = EXIT.usage;
  if (flags.json) return void process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  for (const row of rows) {
    process.stdout.write(`${row.id} ${row.version}  ${row.title} (${row.mainTopic}, ${row.checks} checks)\n`);
  }
}

/** One that cannot be loaded hides no other. */
async function loadOrTell(id: string, roots: readonly string[]): Promise<Pack | null> {
  const dir = await resolvePack(id, ...roots);
  return loadPack(dir).catch((error: unknown) => {
    if (!(error instanceof PackError)) throw error;
    process.stderr.write(`assayer: ${id} in ${dir} cannot be loaded: ${error.message}\n`);
    return null;
  });
}
