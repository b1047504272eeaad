import type { Drain } from './http/drain.js';
import type { Metrics } from './http/metrics.js';
import type { RateLimit } from './http/rate-limit.js';
import type { EventStreams } from './live/event-streams.js';
import type { Logger } from './logger.js';
import type { Minter } from './minting/minter.js';
import type { Committer } from './proofs/commitment.js';
import type { ProofStore } from './proofs/store.js';
import type { Registry } from './registry/client.js';
import type { IssuerCache } from './registry/issuer-cache.js';

/** What the routes work with; put together in main.ts. */
export type Services = {
  webhookSecret: string;
  logger: Logger;
  store: ProofStore;
  minter: Minter;
  committer: Committer;
  registry: Registry;
  issuerCache: IssuerCache;
  statusRateLimit: RateLimit;
  streams: EventStreams;
  metrics: Metrics;
  drain: Drain;
};
