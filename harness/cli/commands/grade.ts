import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { toJson } from '../../../reports/formats/index.js';
import { renderScorecard } from '../../../reports/scorecard/index.js';
import { loadConfig } from '../../config.js';
import { gradeLocally } from '../../local.js';
import { interruptSignal } from '../interrupt.js';
import { resultOptions, type ResultOptions } from '../options.js';
import { tellOutcome } from '../outcome.js';
import { makeFolders } from '../result-files.js';
import { progressPrinter } from '../progress.js';

interface Options extends ResultOptions {
  readonly assessment: string;
  readonly out: string;
  readonly candidate?: string;
}

const EXAMPLES = `
Examples:
  assayer grade ./repo --assessment webhook-receiver --out out
  assayer grade repo.zip --assessment ../our-packs/billing --out out --min-score 70 --junit out/junit.xml`;

/** Grades one submission in this process, without queue or database. */
export function gradeCommand(program: Command): void {
  const command = program
    .command('grade <source>')
    .description('grade a folder, archive or git URL here and now')
    .requiredOption('-a, --assessment <id|dir>', 'which assessment: an id, or the folder of a pack')
    .requiredOption('-o, --out <dir>', 'where scorecard.html, scorecard.json and record.json go')
    .option('--candidate <name>', 'shown on the scorecard')
    .addHelpText('after', EXAMPLES);
  resultOptions(command).action(async (source: string, options: Options) => {
    const config = loadConfig(process.env, process.cwd());
    await makeFolders(options);
    const quiet = options.quiet ?? false;
    const { card, record } = await gradeLocally(config, {
      source,
      assessment: options.assessment,
      candidate: options.candidate ?? null,
      emit: progressPrinter(quiet),
      say: (line) => quiet || process.stderr.write(`${line}\n`),
      signal: interruptSignal(),
    });
    await writeFile(join(options.out, 'record.json'), JSON.stringify(record));
    await writeFile(join(options.out, 'scorecard.json'), toJson(card));
    await writeFile(join(options.out, 'scorecard.html'), renderScorecard(card, { audience: 'team' }));
    process.exitCode = await tellOutcome(card, options);
  });
}
