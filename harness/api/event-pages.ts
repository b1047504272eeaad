import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../store/database.js';
import type { NumberedEvent } from '../store/events.js';
import { readEvents } from '../store/events.js';

/** Some events of a run in a row, ready to be sent. */
export interface EventPage {
  readonly text: string;
  /** Number of the last one; null when there was none. */
  readonly last: number | null;
  /** The run ended with it. */
  readonly over: boolean;
}

const PAGE = 200;
const about = new WeakMap<Store, Map<string, Promise<EventPage>>>();

/**
 * Events after number `after`. Those who watch one run are woken together and want the same: they share one reading. It
 * begins after all of them have asked, so that nobody is told of less than there was when it asked.
 */
export function readEventPage(store: Store, run: string, after: number): Promise<EventPage> {
  const asked = about.get(store) ?? new Map<string, Promise<EventPage>>();
  about.set(store, asked);
  const key = `${run} ${after}`;
  const known = asked.get(key);
  if (known) return known;
  const page = nextTurn().then(() => {
    asked.delete(key);
    return read(store, run, after);
  });
  asked.set(key, page);
  return page;
}

async function read(store: Store, run: string, after: number): Promise<EventPage> {
  const events = await readEvents(store, run, after, PAGE);
  const last = events.at(-1);
  return {
    text: events.map(format).join(''),
    last: last?.seq ?? null,
    over: last?.event.type === 'finished',
  };
}

const format = ({ seq, at, event }: NumberedEvent): string =>
  `id: ${seq}\nevent: ${event.type}\ndata: ${JSON.stringify({ ...event, at: at.toISOString() })}\n\n`;
