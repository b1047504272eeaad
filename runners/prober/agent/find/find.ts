import { setTimeout as sleep } from 'node:timers/promises';
import type { Address, Found } from '../../protocol.js';
import { listeners, type Listener } from './listeners.js';
import { askHttp } from './probe.js';

/** A service on another port than told gets this long to open the told one as well. */
const GRACE_MS = 1500;
const EVERY_MS = 25;
/** For one answer on the told port, and on any other. */
const TOLD_ANSWER_MS = 3000;
const OTHER_ANSWER_MS = 1000;
/** Asked and listed at most: a service may listen on thousands of ports. */
const MAX_ASKED = 20;
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
  const inTime = (): boolean => performance.now() < deadline && !search.signal.aborted;
  let elsewhereSince: number | null = null;
  let open: Listener[] = [];
  while (inTime()) {
    open = (await listeners()).filter(({ port, uid }) => uid === search.uid && !search.ours.has(port));
    const onTold = open.filter(({ port }) => port === search.toldPort);
    const told = await firstAnswering(onTold, search.readyPath, TOLD_ANSWER_MS, inTime);
    if (told) return { at: told, listening: listed(open) };
    if (open.length > 0) elsewhereSince ??= performance.now();
    if (elsewhereSince !== null && performance.now() - elsewhereSince >= GRACE_MS) {
      const others = open.filter(({ port }) => port !== search.toldPort).slice(0, MAX_ASKED);
      const other = await firstAnswering(others, search.readyPath, OTHER_ANSWER_MS, inTime);
      if (other) return { at: other, listening: listed(open) };
    }
    await sleep(EVERY_MS);
  }
  return { at: null, listening: listed(open) };
}

const listed = (open: readonly Listener[]): Address[] =>
  open.slice(0, MAX_LISTED).map(({ host, port }) => ({ host, port }));

/** The first that answers the readiness path well, else the first that speaks HTTP at all. */
async function firstAnswering(
  open: readonly Listener[],
  readyPath: string,
  answerMs: number,
  inTime: () => boolean,
): Promise<Address | null> {
  let spoke: Address | null = null;
  for (const listener of open) {
    for (const host of reachedAt(listener.host)) {
      if (!inTime()) return spoke;
      const at = { host, port: listener.port };
      const answer = await askHttp(at, readyPath, answerMs);
      if (answer === 'refused') continue;
      if (answer !== 'silent' && answer < 300) return at;
      if (answer !== 'silent') spoke ??= at;
      break;
    }
  }
  return spoke;
}

/** Where a socket bound to `host` can be connected to, the next where the one before refuses. */
function reachedAt(host: string): string[] {
  if (host === '0.0.0.0') return ['127.0.0.1'];
  if (host === '::') return ['127.0.0.1', '::1'];
  return [host];
}
