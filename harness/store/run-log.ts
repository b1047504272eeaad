import { sql } from 'kysely';
import type { Store } from './database.js';
import type { NumberedEvent } from './events.js';

/** What is known of a run's current attempt. */
export interface RunLog {
  /** In order, without the lines of output. */
  readonly events: readonly NumberedEvent[];
  /** The last lines of output, in order. */
  readonly tail: readonly NumberedEvent[];
  /** Number of the last event that is in here; further ones come after it. 0 when there is none. */
  readonly last: number;
}

/** Reads the current attempt of a run, with at most `lines` lines of its output. */
export async function readRunLog(store: Store, run: string, lines: number): Promise<RunLog> {
  const current = () =>
    store
      .selectFrom('run_events')
      .select(['seq', 'at', 'event'])
      .where('run_id', '=', run)
      .where(
        sql<boolean>`seq >= coalesce((select max(seq) from run_events where run_id = ${run} and event->>'type' = 'started'), 0)`,
      );
  const [events, tail] = await Promise.all([
    current()
      .where(sql<boolean>`event->>'type' <> 'log'`)
      .orderBy('seq')
      .execute(),
    current()
      .where(sql<boolean>`event->>'type' = 'log'`)
      .orderBy('seq', 'desc')
      .limit(lines)
      .execute(),
  ]);
  // Two readings, so the lower of what they could both have seen: an event told twice does no harm, one left out does.
  const last = events.at(-1)?.seq ?? tail[0]?.seq ?? 0;
  return { events, tail: tail.reverse().filter(({ seq }) => seq <= last), last };
}
