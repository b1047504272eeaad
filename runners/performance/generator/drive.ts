import type { Stretch } from '../types.js';
import { LoadConnection } from './connection.js';
import type { LoadTarget, WireStep } from './steps.js';
import { openSlowClients } from './slow-clients.js';
import { Tally, type Memory } from './tally.js';

/** An answer that takes longer is given up. */
const ANSWER_MS = 5000;
/** A service that is gone ends the stretch. */
const MAX_LOST_IN_A_ROW = 200;
const TICK_MS = 1;
const SWEEP_MS = 100;

/** Sends a stretch of requests and counts what comes back. Never throws for what the service does. */
export async function drive(
  steps: readonly WireStep[],
  target: LoadTarget,
  stretch: Stretch,
  memory: Memory,
): Promise<{ ms: number; tally: Tally }> {
  const tally = new Tally(memory, stretch.count);
  const slow = openSlowClients(stretch.slowClients, target);
  const connections = Array.from(
    { length: stretch.connections },
    () => new LoadConnection(target, () => tally.unasked++),
  );
  const free = [...connections];
  const start = performance.now();
  let sent = 0;
  let open = 0;
  let lostInARow = 0;
  let lastEnd = start;
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  const stepAt = (index: number): WireStep => steps[(stretch.from + index) % steps.length] as WireStep;

  /** @param since from when its latency counts, milliseconds */
  function send(connection: LoadConnection, since: number): void {
    const step = stepAt(sent++);
    open++;
    connection.send(step, tally.wants(step), (ending) => {
      open--;
      lastEnd = performance.now();
      tally.take(step, ending, lastEnd - since);
      lostInARow = ending.kind === 'lost' ? lostInARow + 1 : 0;
      if (lostInARow > MAX_LOST_IN_A_ROW) sent = stretch.count;
      next(connection);
    });
  }

  function next(connection: LoadConnection): void {
    const again = (): void => (sent < stretch.count ? send(connection, performance.now()) : next(connection));
    if (sent >= stretch.count) {
      if (open === 0) finish();
      return;
    }
    // Whatever the service sent ahead of the next request is read, and thrown away, before that is sent.
    if (stretch.rate === null) setImmediate(() => setImmediate(again));
    else if (!waiting(connection)) free.push(connection);
  }

  /** Requests that are due wait for a connection; when one comes free, the oldest goes out. */
  const due: number[] = [];
  function waiting(connection: LoadConnection): boolean {
    const since = due.shift();
    if (since === undefined) return false;
    send(connection, since);
    return true;
  }

  /** Counts from the moment at which this program could have sent it: its own clock is no fault of the service's. */
  function tick(): void {
    const now = performance.now();
    const scheduled = Math.min(stretch.count, Math.floor(((now - start) * (stretch.rate ?? 0)) / 1000) + 1);
    while (sent + due.length < scheduled) {
      const connection = free.pop();
      if (connection) send(connection, now);
      else due.push(now);
    }
  }

  const sweeper = setInterval(() => {
    const now = performance.now();
    for (const connection of connections)
      if (connection.sentAt !== null && now - connection.sentAt > ANSWER_MS) connection.giveUp();
    if (now - start > stretch.withinMs) finish();
  }, SWEEP_MS);
  const ticker = stretch.rate === null ? undefined : setInterval(tick, TICK_MS);
  if (stretch.rate === null) for (const connection of connections) next(connection);
  await done;

  clearInterval(sweeper);
  clearInterval(ticker);
  const end = performance.now();
  sent = stretch.count;
  // Cut off in the middle: neither good nor bad, but with a rate they were due and count as late.
  if (stretch.rate !== null) for (const connection of connections) if (!connection.free) connection.giveUp();
  for (const [index, since] of due.entries()) tally.miss(stepAt(index), end - since);
  for (const connection of connections) connection.close();
  slow.close();
  return { ms: (open === 0 ? lastEnd : end) - start, tally };
}
