import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Pack } from '../../../assessments/kit/index.js';
import { loadConfig, type Config } from '../../config.js';
import { openServices } from '../../embedded/index.js';
import { AssayerError, reasonOf, type ExitCode } from '../../errors.js';
import { packRoots } from '../../packs/builtin.js';
import { loadPack, resolvePack } from '../../packs/index.js';
import { judge } from '../../review/judge.js';
import type { RunRecord } from '../../scoring/index.js';
import { openStore } from '../../store/database.js';
import { readOverrides } from '../../store/overrides.js';
import { findRecord, replaceScorecard } from '../../store/scorecards.js';
import { resultOptions, type ResultOptions } from '../options.js';
import { tellOutcome } from '../outcome.js';
import { makeFolders } from '../result-files.js';

interface Options extends ResultOptions {
  readonly assessment?: string;
  readonly keep?: true;
}

const EXAMPLES = `
Examples:
  assayer rescore out/record.json --assessment webhook-receiver
  assayer rescore run-01kax2m5q9h7c3v8t1nbw4zd6e --json
  assayer rescore run-01kax2m5q9h7c3v8t1nbw4zd6e --keep

A run is looked up in the database of the settings or of the state folder.`;

/** Computes a scorecard again from stored findings; no candidate code runs. */
export function rescoreCommand(program: Command): void {
  const command = program
    .command('rescore <run|record>')
    .description('score a finished run, or its record.json, again under the policy of today; runs nothing')
    .option('-a, --assessment <id|dir>', 'whose weights and bars to use; for a run its own')
    .option('--keep', 'put the new scorecard of a run in the place of the old one')
    .addHelpText('after', EXAMPLES);
  resultOptions(command).action(async (source: string, options: Options) => {
    await makeFolders(options);
    const config = loadConfig(process.env, process.cwd());
    process.exitCode = source.startsWith('run-')
      ? await rescoreRun(config, source, options)
      : await rescoreRecord(config, source, options);
  });
}

async function rescoreRecord(config: Config, file: string, options: Options): Promise<ExitCode> {
  const record = await readRecord(file);
  return tellOutcome(judge(record, [], await packOf(config, options.assessment)), options);
}

async function rescoreRun(config: Config, run: string, options: Options): Promise<ExitCode> {
  const services = await openServices(config, { start: false });
  const store = openStore({ url: services.databaseUrl, connections: 1 });
  try {
    const found = await findRecord(store, run);
    if (!found) {
      const problem = `There is no run ${run} with a scorecard. Take the run's id from GET /api/v1/submissions.`;
      throw new AssayerError('usage', { problem });
    }
    const pack = await packOf(config, options.assessment ?? found.assessment);
    const card = judge(found.record, await readOverrides(store, run), pack);
    if (options.keep) {
      await store.transaction().execute((tx) => replaceScorecard(tx, run, card, pack.digest));
    }
    return await tellOutcome(card, options);
  } finally {
    await store.destroy();
    await services.close();
  }
}

async function packOf(config: Config, nameOrDir: string | undefined): Promise<Pack> {
  if (nameOrDir !== undefined) return loadPack(await resolvePack(nameOrDir, ...packRoots(config)));
  throw new AssayerError('usage', { problem: 'A record does not say whose it is: give --assessment.' });
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
