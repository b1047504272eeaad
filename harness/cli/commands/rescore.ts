import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import type { Pack } from '../../../assessments/kit/index.js';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import type { Actor } from '../../accounts/principal.js';
import { regradeForm } from '../../api/routes/review/forms.js';
import { openCatalogue } from '../../catalogue.js';
import { loadConfig, type Config } from '../../config.js';
import { AssayerError, reasonOf } from '../../errors.js';
import { packRoots } from '../../packs/builtin.js';
import { loadPack, resolvePack } from '../../packs/index.js';
import { judge } from '../../review/judge.js';
import { rescoreAtOnce, type AtOnce } from '../../review/regrade/at-once.js';
import type { RunRecord } from '../../scoring/index.js';
import type { Store } from '../../store/database.js';
import { readOverrides } from '../../store/overrides.js';
import { findRecord, findScorecard, type StoredRecord } from '../../store/scorecards.js';
import { resultOptions, type ResultOptions } from '../options.js';
import { tellOutcome } from '../outcome.js';
import { makeFolders } from '../result-files.js';
import { withStore } from '../with-store.js';

interface Options extends ResultOptions {
  readonly assessment?: string;
  /** The reason. */
  readonly keep?: string;
}

const EXAMPLES = `
Examples:
  assayer rescore out/record.json --assessment webhook-receiver
  assayer rescore run-01kax2m5q9h7c3v8t1nbw4zd6e --json
  assayer rescore run-01kax2m5q9h7c3v8t1nbw4zd6e --keep 'the weights of July'

A run is looked up in the database of the settings or of the state folder. What is kept is a regrade like any other: the review of
the submission shows what it changed and why, and the audit log who did it. Its bar is --min-score, else the usual one.`;

/** Computes a scorecard again from stored findings; no candidate code runs. */
export function rescoreCommand(program: Command): void {
  const command = program
    .command('rescore <run|record>')
    .description('score a finished run, or its record.json, again under the policy of today; runs nothing')
    .option('-a, --assessment <id|dir>', 'whose weights and bars to use; for a run its own')
    .option('--keep <reason>', 'make the new scorecard of a run count, by its own assessment', reasonFrom)
    .addHelpText('after', EXAMPLES);
  resultOptions(command).action(async (source: string, options: Options) => {
    await makeFolders(options);
    const config = loadConfig(process.env, process.cwd());
    const isRun = source.startsWith('run-');
    if (options.keep !== undefined && (!isRun || options.assessment !== undefined)) {
      const problem = '--keep is for a run, and judges by its own assessment. Leave --assessment out.';
      throw new AssayerError('usage', { problem });
    }
    const card = isRun
      ? await rescoreRun(config, source, options)
      : await rescoreRecord(config, source, options);
    process.exitCode = await tellOutcome(card, options);
  });
}

/** What the API asks of a reason. */
function reasonFrom(text: string): string {
  const { success, data, error } = regradeForm.shape.reason.safeParse(text);
  if (success) return data;
  throw new InvalidArgumentError(`A reason ${error.issues[0]?.message ?? 'is some words'}.`);
}

async function rescoreRecord(config: Config, file: string, options: Options): Promise<Scorecard> {
  const record = await readRecord(file);
  return judge(record, [], await packOf(config, options.assessment));
}

const rescoreRun = (config: Config, run: string, options: Options): Promise<Scorecard> =>
  withStore(config, { start: false }, async (store) => {
    const found = await findRecord(store, run);
    if (!found) {
      const problem = `There is no run ${run} with a scorecard. Take the run's id from GET /api/v1/submissions.`;
      throw new AssayerError('usage', { problem });
    }
    const { keep: reason } = options;
    if (reason !== undefined) {
      const bar = regradeForm.shape.bar.parse(options.minScore);
      return rescoreForGood(config, store, run, found, { bar, reason });
    }
    const pack = await packOf(config, options.assessment ?? found.assessment);
    return judge(found.record, await readOverrides(store, run), pack);
  });

const OPERATOR: Omit<Actor, 'organisation'> = {
  kind: 'system',
  id: 'operator',
  name: 'The operator, by the command line',
  address: null,
  requestId: null,
};

async function rescoreForGood(
  config: Config,
  store: Store,
  run: string,
  { organisation, submission, assessment, counts }: StoredRecord,
  how: Pick<AtOnce, 'bar' | 'reason'>,
): Promise<Scorecard> {
  if (!counts) throw notKept(run, `another run counts for its submission ${submission}.`);
  const catalogue = openCatalogue(config, () => undefined);
  const wanted = { submission, assessment, ...how };
  const problem = await rescoreAtOnce({ store, catalogue }, { ...OPERATOR, organisation }, wanted);
  const card = await findScorecard(store, organisation, run);
  if (problem !== null || !card) throw notKept(run, problem ?? 'the submission was erased meanwhile.');
  return card;
}

const notKept = (run: string, why: string): AssayerError =>
  new AssayerError('usage', { problem: `No new scorecard of ${run} is kept: ${why}` });

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
