import type { FastifyInstance } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Services } from './services.js';

/** We have five seconds; the last of them is for the disk. */
const PATIENCE_MS = 4000;

export function shutDownOnSignal({ app, services }: { app: FastifyInstance; services: Services }): void {
  const { logger, minter, streams, drain, store } = services;

  async function shutDown(): Promise<void> {
    logger.info('shutting down');
    app.server.close();
    minter.stop();
    streams.closeAll();
    await Promise.race([drain.empty(), sleep(PATIENCE_MS)]);
    await store.close();
    logger.info('done');
    process.exit(0);
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      shutDown().catch((err: unknown) => {
        logger.fatal({ err }, 'the shutdown failed');
        process.exit(1);
      });
    });
  }
}
