import type { Command } from 'commander';
import { loadConfig } from '../../config.js';
import { createLogger } from '../../logging.js';
import { startGradingWorker } from '../../worker.js';
import { interruptSignal } from '../interrupt.js';
import { untilAborted } from '../until-aborted.js';

const EXAMPLES = `
Examples:
  assayer worker
  assayer worker --concurrency 4

It proves first that containers on this host are isolated (see assayer doctor), and takes nothing if they are not. SIGTERM lets
its runs finish for a while (ASSAYER_DRAIN_SECONDS) and gives the others back to the queue.`;

/** Grades what is queued, until it is told to stop. */
export function workerCommand(program: Command): void {
  program
    .command('worker')
    .description('grade queued submissions on this host')
    .option('--concurrency <n>', 'runs at the same time (ASSAYER_CONCURRENCY)')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { concurrency?: string }) => {
      const config = loadConfig(process.env, process.cwd(), flags);
      const stop = interruptSignal();
      const worker = await startGradingWorker(config, createLogger(config));
      process.stderr.write(`worker ${worker.id} takes runs\n`);
      await untilAborted(stop);
      await worker.close();
    });
}
