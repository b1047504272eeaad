import { join } from 'node:path';
import type { RegistryProxy } from '../types.js';
import { askUpstream } from './ask-upstream.js';
import { RegistryFault } from './fault.js';
import { OnDemand } from './on-demand.js';
import { serveRelay } from './session.js';
import { npmUpstream, type Upstream } from './upstream.js';
import { startVerdaccio } from './verdaccio.js';

export interface RegistryOptions {
  /** Folder of this installation's state; fetched packages are kept in its `registry`. Made when missing. */
  readonly stateDir: string;
  /** Absent: what npm on this machine uses. */
  readonly upstream?: Upstream;
  /** Verdaccio is stopped when no relay was served for this long; the next one starts it again. Default 5 minutes. */
  readonly idleMs?: number;
}

const IDLE_MS = 5 * 60_000;

/** The registry for install pods. Starts nothing before the first package is asked for. */
export function createRegistryProxy(options: RegistryOptions): RegistryProxy {
  const { stateDir, idleMs = IDLE_MS } = options;
  let known = options.upstream ?? null;
  const upstream = async (): Promise<Upstream> => (known ??= await npmUpstream());
  const verdaccio = new OnDemand(async () => startVerdaccio(await upstream(), join(stateDir, 'registry')));

  let relays = 0;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;
  const rest = (): void => {
    relays -= 1;
    if (relays === 0 && !closed) idle = setTimeout(() => void verdaccio.stop(), idleMs).unref();
  };

  return {
    serve(stream) {
      relays += 1;
      clearTimeout(idle);
      stream.once('close', rest);
      return serveRelay(stream, {
        async socket() {
          if (closed) throw new RegistryFault('The registry proxy is closed.');
          return (await verdaccio.get()).socket;
        },
        askUpstream: async (path) => askUpstream(await upstream(), path),
      });
    },
    async close() {
      closed = true;
      clearTimeout(idle);
      await verdaccio.stop();
    },
  };
}
