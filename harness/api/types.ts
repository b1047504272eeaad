import type { Logger } from 'pino';
import type { Provider } from '../accounts/oidc.js';
import type { Principal } from '../accounts/principal.js';
import type { Metrics } from './metrics.js';
import type { Catalogue } from '../catalogue.js';
import type { Config } from '../config.js';
import type { RunQueue } from '../queue/queue.js';
import type { Store } from '../store/database.js';
import type { RunListener } from '../store/listen.js';
import type { Tracing } from '../tracing/tracing.js';

/** What the routes need. */
export interface ApiDeps {
  readonly config: Pick<
    Config,
    | 'stateDir'
    | 'uploadMb'
    | 'requestsPerMinute'
    | 'trustProxy'
    | 'publicUrl'
    | 'hookHosts'
    | 'metricsToken'
    | 'chromium'
    | 'databaseUrl'
  >;
  readonly store: Store;
  readonly queue: RunQueue;
  readonly listener: RunListener;
  readonly catalogue: Catalogue;
  readonly metrics: Metrics;
  /** Null where no collector is set up. */
  readonly tracing: Tracing | null;
  /** Null where no provider is set up. */
  readonly provider: Provider | null;
  /** To be called when a run waits for a worker, or a regrade for its next step: it is seen to at once. */
  readonly poke: { readonly runs: () => void; readonly regrades: () => void };
  readonly log: Logger;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- the one way to tell express what requests carry
  namespace Express {
    interface Locals {
      /** Who asks; set on routes that are not public. */
      principal?: Principal;
      /** When the request came; what is large arrives for minutes after. */
      arrivedAt?: Date;
      /** A visitor's cookie that this answer sets. */
      visitor?: string;
    }
  }
}
