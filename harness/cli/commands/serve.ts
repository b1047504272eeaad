import type { Command } from 'commander';
import { loadConfig } from '../../config.js';
import { createLogger } from '../../logging.js';
import { startServer } from '../../server.js';
import { interruptSignal } from '../interrupt.js';
import { untilAborted } from '../until-aborted.js';

const EXAMPLES = `
Examples:
  assayer serve
  DATABASE_URL_FILE=/run/secrets/db REDIS_URL=redis://queue assayer serve --host 0.0.0.0

Without DATABASE_URL and REDIS_URL it runs its own PostgreSQL and Redis in the state folder (ASSAYER_STATE_DIR, .assayer),
and stops them when it stops. A worker has to run beside it: see assayer worker.`;

/** The API, with its database and queue, until it is told to stop. */
export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('run the server: API, scorecards, queue')
    .option('--host <address>', 'address to listen on (ASSAYER_HOST, 127.0.0.1)')
    .option('--port <n>', 'port to listen on, 0 for any (ASSAYER_PORT, 3210)')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: { host?: string; port?: string }) => {
      const config = loadConfig(process.env, process.cwd(), flags);
      const stop = interruptSignal();
      const server = await startServer(config, createLogger(config));
      const tell = (line: string): void => void process.stderr.write(`${line}\n`);
      tell(`Assayer listens on ${server.url}`);
      if (server.newToken) {
        tell(`API token, shown this once and kept in ${server.tokenFile}: ${server.newToken}`);
      }
      if (server.setUpUrl)
        tell(`Nobody has an account yet. Make the first, within a day, at ${server.setUpUrl}`);
      await untilAborted(stop);
      await server.close();
    });
}
