import { setTimeout as sleep } from 'node:timers/promises';
import type { Address, Found } from '../../protocol.js';
import { listeners, type Listener } from './listeners.js';
import { answersHttp } from './probe.js';

/** A service on another port than told gets this long to open the told one as well. */
const GRACE_MS = 1500;
const EVERY_MS = 25;
/** Listed at most: a service may listen on thousands of ports. */
const MAX_LISTED = 50;

export interface Search {
  readonly toldPort: number;
  readonly readyPath: string;
  /** Only sockets of this user are the service's. */
  readonly uid: number;
  /** Ports that are ours. */
  readonly ours: ReadonlySet<number>;
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** Waits until the service answers HTTP somewhere, on the told port rather than on another. */
export async function findService(search: Search): Promise<Found> {
  const deadline = performance.now() + search.withinMs;
  let elsewhereSince: number | null = null;
  let open: Listener[] = [];
  while (performance.now() < deadline && !search.signal.aborted) {
    open = (await listeners()).filter(({ port, uid }) => uid === search.uid && !search.ours.has(port));
    const told = await firstAnswering(
      open.filter(({ port }) => port === search.toldPort),
      search,
    );
    if (told) return { at: told, listening: listed(open) };
    if (open.length > 0) {
      elsewhereSince ??= performance.now();
      const lateEnough = performance.now() - elsewhereSince >= GRACE_MS;
      const other = lateEnough
        ? await firstAnswering(
            open.filter(({ port }) => port !== search.toldPort),
            search,
          )
        : null;
      if (other) return { at: other, listening: listed(open) };
    }
    await sleep(EVERY_MS);
  }
  return { at: null, listening: listed(open) };
}

const listed = (open: readonly Listener[]): Address[] =>
  open.slice(0, MAX_LISTED).map(({ host, port }) => ({ host, port }));

/** The first that answers the readiness path well, else the first that speaks HTTP at all. */
async function firstAnswering(open: readonly Listener[], search: Search): Promise<Address | null> {
  let spoke: Address | null = null;
  for (const listener of open) {
    for (const host of reachedAt(listener.host)) {
      const at = { host, port: listener.port };
      const status = await answersHttp(at, search.readyPath, 1000);
      if (status !== null && status < 300) return at;
      if (status !== null) spoke ??= at;
    }
  }
  return spoke;
}

/** Where a socket bound to `host` can be connected to. */
function reachedAt(host: string): string[] {
  if (host === '0.0.0.0') return ['127.0.0.1'];
  if (host === '::') return ['127.0.0.1', '::1'];
  return [host];
}
