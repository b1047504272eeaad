import { join } from 'node:path';
import type { RegistryProxy } from '../types.js';
import { askUpstream } from './ask-upstream.js';
import { RegistryFault } from './fault.js';
import { serveRelay } from './session.js';
import { npmUpstream, type Upstream } from './upstream.js';
import { startVerdaccio, type Verdaccio } from './verdaccio.js';

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
export function createRegistryProxy({
  stateDir,
  upstream,
  idleMs = IDLE_MS,
}: RegistryOptions): RegistryProxy {
  let running: Promise<Verdaccio> | null = null;
  let asking: Promise<Upstream> | null = null;
  let relays = 0;
  let idle: NodeJS.Timeout | null = null;
  let closed = false;

  const upstreamNow = (): Promise<Upstream> => {
    asking ??= upstream === undefined ? npmUpstream() : Promise.resolve(upstream);
    return asking;
  };

  const start = (): Promise<Verdaccio> => {
    if (closed) return Promise.reject(new RegistryFault('The registry proxy is closed.'));
    if (running !== null) return running;
    const starting = upstreamNow().then((known) => startVerdaccio(known, join(stateDir, 'registry')));
    running = starting;
    const forget = (): void => {
      if (running === starting) running = null;
    };
    starting.then(({ ended }) => ended.then(forget), forget);
    return starting;
  };

  const stop = async (): Promise<void> => {
    const stopping = running;
    running = null;
    const verdaccio = await stopping?.catch(() => null);
    await verdaccio?.stop();
  };

  return {
    serve(stream) {
      relays += 1;
      if (idle) clearTimeout(idle);
      const session = serveRelay(stream, {
        socket: async () => (await start()).socket,
        askUpstream: async (path) => askUpstream(await upstreamNow(), path),
      });
      let over = false;
      const end = (): void => {
        if (over) return;
        over = true;
        relays -= 1;
        if (relays > 0 || closed) return;
        idle = setTimeout(() => void stop(), idleMs);
        idle.unref();
      };
      stream.on('close', end).on('end', end).on('error', end);
      return session;
    },
    async close() {
      closed = true;
      if (idle) clearTimeout(idle);
      await stop();
    },
  };
}
