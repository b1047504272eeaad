import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { RUN_CHANNEL } from './events.js';

/** Tells who waits for a run that it has new events. */
export interface RunListener {
  /** Calls `wake` at new events of the run, and after each break of the connection. Returns how to stop. */
  subscribe(run: string, wake: () => void): () => void;
  close(): Promise<void>;
}

const RECONNECT_MS = 1000;

/** One connection that listens for all runs; it comes back by itself. Opened with the first subscriber. */
export function listenToRuns(url: string): RunListener {
  const waiting = new Map<string, Set<() => void>>();
  const stopped = new AbortController();
  let client: pg.Client | null = null;
  let loop: Promise<void> | null = null;

  const wake = (callbacks: Iterable<() => void>): void => {
    for (const callback of callbacks) callback();
  };

  async function listen(): Promise<void> {
    while (!stopped.signal.aborted) {
      await session().catch(() => undefined);
      await sleep(RECONNECT_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      // What was notified in between is lost: let everybody look.
      for (const callbacks of waiting.values()) wake(callbacks);
    }
  }

  /** Listens until the connection ends. */
  async function session(): Promise<void> {
    const opened = new pg.Client({
      connectionString: url,
      keepAlive: true,
      application_name: 'assayer-listen',
    });
    client = opened;
    const ended = new Promise<void>((resolve) => {
      opened.once('end', resolve);
      opened.on('error', () => resolve());
    });
    opened.on('notification', ({ payload }) => wake(waiting.get(payload ?? '') ?? []));
    try {
      await opened.connect();
      await opened.query(`listen ${RUN_CHANNEL}`);
      for (const callbacks of waiting.values()) wake(callbacks);
      await ended;
    } finally {
      client = null;
      await opened.end().catch(() => undefined);
    }
  }

  return {
    subscribe(run, callback) {
      loop ??= listen();
      const callbacks = waiting.get(run) ?? new Set();
      waiting.set(run, callbacks.add(callback));
      return () => {
        callbacks.delete(callback);
        if (callbacks.size === 0) waiting.delete(run);
      };
    },
    async close() {
      stopped.abort();
      await client?.end().catch(() => undefined);
      await loop;
    },
  };
}
