import { setTimeout as sleep } from 'node:timers/promises';
import type { Address, Found } from '../../protocol.js';
import { listeners, type Listener } from './listeners.js';
import { accepts, askHttp } from './probe.js';

/** A service on another port than told gets this long to open the told one as well. */
const GRACE_MS = 1500;
const EVERY_MS = 25;
/** Between looks at all sockets while nothing accepts on the told port: the kernel walks those of the whole host for one. */
const LOOK_MS = 250;
/** For one answer on the told port, and on any other. */
const TOLD_ANSWER_MS = 3000;
const OTHER_ANSWER_MS = 1000;
/** What a service says that is up and not ready yet. Every other answer is one that it stands by. */
const NOT_READY = 503;
/** Between questions to one that said so. */
const NOT_READY_MS = 200;
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

/**
 * Waits until the service answers HTTP somewhere, on the told port rather than on another. One that says it is not ready
 * is waited for, and taken as it is when time runs out.
 */
export async function findService(search: Search): Promise<Found> {
  const deadline = performance.now() + search.withinMs;
  const inTime = (): boolean => performance.now() < deadline && !search.signal.aborted;
  let elsewhereSince: number | null = null;
  let open: Listener[] = [];
  let notReady: Address | null = null;
  let lookAt = 0;
  while (inTime()) {
    if (notReady) await sleep(NOT_READY_MS);
    if (performance.now() < lookAt && !(await accepts(search.toldPort))) {
      await sleep(EVERY_MS);
      continue;
    }
    lookAt = performance.now() + LOOK_MS;
    open = (await listeners()).filter(({ port, uid }) => uid === search.uid && !search.ours.has(port));
    const onTold = open.filter(({ port }) => port === search.toldPort);
    const told = await firstAnswering(onTold, search.readyPath, TOLD_ANSWER_MS, inTime);
    if (told?.ready) return { at: told.at, ready: true, listening: listed(open) };
    if (told) notReady = told.at;
    if (open.length > 0) elsewhereSince ??= performance.now();
    if (!told && elsewhereSince !== null && performance.now() - elsewhereSince >= GRACE_MS) {
      const others = open.filter(({ port }) => port !== search.toldPort).slice(0, MAX_ASKED);
      const other = await firstAnswering(others, search.readyPath, OTHER_ANSWER_MS, inTime);
      if (other?.ready) return { at: other.at, ready: true, listening: listed(open) };
      if (other) notReady ??= other.at;
    }
    await sleep(EVERY_MS);
  }
  return { at: notReady, ready: false, listening: listed(open) };
}

const listed = (open: readonly Listener[]): Address[] =>
  open.slice(0, MAX_LISTED).map(({ host, port }) => ({ host, port }));

interface Answering {
  readonly at: Address;
  readonly ready: boolean;
}

/** The first that answers the readiness path well, else the first that speaks HTTP at all, one that is ready before one that is not. */
async function firstAnswering(
  open: readonly Listener[],
  readyPath: string,
  answerMs: number,
  inTime: () => boolean,
): Promise<Answering | null> {
  let spoke: Answering | null = null;
  for (const listener of open) {
    for (const host of reachedAt(listener.host)) {
      if (!inTime()) return spoke;
      const at = { host, port: listener.port };
      const answer = await askHttp(at, readyPath, answerMs);
      if (answer === 'refused') continue;
      if (answer === 'silent') break;
      if (answer < 300) return { at, ready: true };
      const ready = answer !== NOT_READY;
      if (!spoke || (ready && !spoke.ready)) spoke = { at, ready };
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
