import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { AssayerError, reasonOf } from '../../errors.js';
import { PACKS_DIR } from '../../packs/builtin.js';
import { loadPack, resolvePack } from '../../packs/index.js';
import { scoreRun, type RunRecord } from '../../scoring/index.js';
import { resultOptions, type ResultOptions } from '../options.js';
import { tellOutcome } from '../outcome.js';

interface Options extends ResultOptions {
  readonly assessment: string;
}

/** Computes a scorecard again from stored findings; no candidate code runs. */
export function rescoreCommand(program: Command): void {
  const command = program
    .command('rescore <record>')
    .description('score a stored record.json again under the policy of today; runs nothing')
    .requiredOption('-a, --assessment <id|dir>', 'whose weights and bars to use');
  resultOptions(command).action(async (file: string, options: Options) => {
    const pack = await loadPack(await resolvePack(options.assessment, PACKS_DIR));
    const record = await readRecord(file);
    process.exitCode = await tellOutcome(scoreRun(record, { spec: pack.spec, checks: pack.checks }), options);
  });
}

async function readRecord(file: string): Promise<RunRecord> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as RunRecord;
  } catch (error) {
    throw new AssayerError('usage', {
      problem: `${file} is no record of a run (${reasonOf(error)}). Give the record.json that grade wrote.`,
    });
  }
}
