import { buildApp } from './http/app.js';
import { Drain } from './http/drain.js';
import { Metrics } from './http/metrics.js';
import { RateLimit } from './http/rate-limit.js';
import { EventStreams } from './live/event-streams.js';
import { Feed } from './live/feed.js';
import { createLogger, type Logger } from './logger.js';
import { Minter } from './minting/minter.js';
import { Committer } from './proofs/commitment.js';
import { ProofStore } from './proofs/store.js';
import { Registry } from './registry/client.js';
import { IssuerCache } from './registry/issuer-cache.js';
import type { Services } from './services.js';
import { readSettings } from './settings.js';
import { shutDownOnSignal } from './shutdown.js';

async function main(logger: Logger): Promise<void> {
  const settings = readSettings(process.env);
  const feed = new Feed();
  const store = await ProofStore.open(settings.DATA_DIR, ({ type, proof }) => feed.publish(type, proof));
  const registry = new Registry({
    baseUrl: settings.REGISTRY_URL,
    token: settings.REGISTRY_TOKEN,
    timeoutMs: settings.REGISTRY_TIMEOUT_MS,
    concurrency: settings.REGISTRY_CONCURRENCY,
  });
  const minter = new Minter({
    registry,
    store,
    logger,
    retryBaseMs: settings.RETRY_BASE_MS,
    maxAttempts: settings.RETRY_MAX_ATTEMPTS,
  });
  const streams = new EventStreams(feed);
  const services: Services = {
    webhookSecret: settings.GITHUB_WEBHOOK_SECRET,
    logger,
    store,
    minter,
    committer: new Committer(),
    registry,
    issuerCache: new IssuerCache(registry, settings.ISSUER_TTL_MS),
    statusRateLimit: new RateLimit(settings.STATUS_RATE_LIMIT, settings.STATUS_RATE_WINDOW_MS),
    streams,
    metrics: new Metrics(() => streams.size),
    drain: new Drain(),
  };

  const app = buildApp(services);
  shutDownOnSignal({ app, services });
  await app.listen({ port: settings.PORT, host: '0.0.0.0' });
  const pending = store.pendingMints();
  logger.info({ pendingMints: pending.length }, 'ready');
  for (const mint of pending) minter.start(mint);
}

const logger = createLogger();
main(logger).catch((err: unknown) => {
  logger.fatal({ err }, 'the service could not start');
  process.exit(1);
});
