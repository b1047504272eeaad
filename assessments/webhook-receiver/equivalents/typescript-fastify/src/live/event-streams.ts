import type { ServerResponse } from 'node:http';
import type { Feed } from './feed.js';

const HEARTBEAT_MS = 15_000;
/** A client that lets this much pile up is cut off; it can come back with Last-Event-ID. */
const MOST_UNREAD_BYTES = 2 * 1024 * 1024;

/** The open streams. A stream ends with its connection, and takes everything that belongs to it along. */
export class EventStreams {
  readonly #feed: Feed;
  /** How to end each open stream. */
  readonly #open = new Set<() => void>();

  constructor(feed: Feed) {
    this.#feed = feed;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Sends what came after `lastEventId`, then what happens from now on. The head must have been written. */
  open(response: ServerResponse, lastEventId: string | undefined): void {
    // A client that has gone already would never emit the 'close' that cleans up.
    if (response.destroyed) return;
    const send = (text: string): void => {
      if (response.destroyed) return;
      response.write(text);
      if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
    };
    send(': welcome\n\n');
    if (lastEventId !== undefined) this.#feed.since(lastEventId).forEach(send);

    const unsubscribe = this.#feed.subscribe(send);
    const heartbeat = setInterval(send, HEARTBEAT_MS, ': still here\n\n');
    const release = (): void => {
      unsubscribe();
      clearInterval(heartbeat);
      this.#open.delete(end);
    };
    const end = (): void => {
      release();
      // What has not been read by now would hold up the shutdown.
      if (response.writableLength > 0) response.destroy();
      else response.end();
    };
    this.#open.add(end);
    response.once('close', release);
  }

  closeAll(): void {
    for (const end of this.#open) end();
  }
}
