import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { startWorker } from '../../../harness/queue/worker.js';
import { openStore } from '../../../harness/store/database.js';
import { graded } from '../support/records.js';

/** A worker process of its own, to be killed. What a run does to it stands in the submission's source. */
const store = openStore({ url: process.env['DATABASE_URL'] ?? '', connections: 4 });
const worker = startWorker({
  store,
  redisUrl: process.env['REDIS_URL'] ?? '',
  settings: { concurrency: 2, leaseSeconds: 2, maxAttempts: 3, drainSeconds: 0, runMinutes: 1 },
  ready: async () => undefined,
  log: pino({ level: 'silent' }),
  grade: async (claim) => {
    switch (claim.source.name) {
      case 'kills its worker':
        process.kill(process.pid, 'SIGKILL');
        break;
      case 'hangs in the first worker':
        process.stdout.write('hanging\n');
        await sleep(60_000);
        break;
      case 'blocks the first worker': {
        if (claim.attempt > 1) break;
        process.stdout.write('blocking\n');
        // Longer than the lease, so that another worker takes the run over before this one can notice.
        const end = Date.now() + 5000;
        while (Date.now() < end);
        process.stdout.write('awake\n');
        break;
      }
    }
    return graded({ score: claim.attempt });
  },
});
process.stdout.write(`${worker.id}\n`);
