import { openServices } from '../../../harness/embedded/index.js';

/** A process that starts or shares the services of a folder, and ends them in order when told to. */
const stateDir = process.env['STATE_DIR'] ?? '';
const services = await openServices(
  { stateDir, databaseUrl: undefined, redisUrl: undefined },
  { start: true },
);
process.stdout.write(`${services.databaseUrl} ${services.redisUrl}\n`);
const keepAlive = setInterval(() => undefined, 1000);
process.once('SIGTERM', () => {
  clearInterval(keepAlive);
  void services.close();
});
