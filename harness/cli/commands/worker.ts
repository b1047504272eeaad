import type { Command } from 'commander';
import { awaitServer } from '../../await-server.js';
import { loadConfig } from '../../config.js';
import { createLogger } from '../../logging.js';
import { startGradingWorker } from '../../worker.js';
import { interruptSignal } from '../interrupt.js';
import { untilAborted } from '../until-aborted.js';

const EXAMPLES = `
Examples:
  assayer worker
  assayer worker --concurrency 4

It may be started before its server: it waits until database and queue answer and the server has made the tables. Then it proves
that containers on this host are isolated (see assayer doctor), and takes nothing if they are not. SIGTERM lets its runs finish
for a while (ASSAYER_DRAIN_SECONDS) and gives the others back to the queue; it ends with 0 then, also while it waits.`;

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
      const log = createLogger(config);
      const services = await awaitServer(config, log, stop);
      if (!services) return;
      const worker = await startGradingWorker(config, services, log);
      process.stderr.write(`worker ${worker.id} takes runs\n`);
      await untilAborted(stop);
      await worker.close();
    });
}
