import { sql } from 'kysely';
import type { Outcome, StageName } from '../../assessments/kit/index.js';
import type { Store } from './database.js';
import { jsonb } from './json.js';
import type { StoredEvent } from './types.js';

/** The channel on which PostgreSQL tells listeners that a run has new events; the payload is the run's id. */
export const RUN_CHANNEL = 'assayer_run';

/** An event with its number, which is the SSE id. */
export interface NumberedEvent {
  readonly seq: number;
  readonly at: Date;
  readonly event: StoredEvent;
}

/**
 * Adds events of an attempt, in order. False when `fence` no longer holds the run: then nothing was written.
 */
export function appendEvents(
  store: Store,
  run: string,
  fence: number,
  events: readonly StoredEvent[],
): Promise<boolean> {
  return append(store, run, events, sql`and state = 'running' and fence = ${fence}`);
}

/** Adds an event to a run whose row the transaction has changed already, and so holds. */
export async function recordEvent(store: Store, run: string, event: StoredEvent): Promise<void> {
  await append(store, run, [event], sql``);
}

async function append(
  store: Store,
  run: string,
  events: readonly StoredEvent[],
  condition: ReturnType<typeof sql>,
): Promise<boolean> {
  if (events.length === 0) return true;
  const { rows } = await sql`
    with bumped as (
      update runs set last_event = last_event + ${events.length}
      where id = ${run} ${condition}
      returning id, last_event
    ), added as (
      insert into run_events (run_id, seq, event)
      select bumped.id, bumped.last_event - ${events.length} + item.position, item.event
      from bumped, jsonb_array_elements(${jsonb(events)}::jsonb) with ordinality as item(event, position)
    )
    select pg_notify(${RUN_CHANNEL}, id) from bumped`.execute(store);
  return rows.length > 0;
}

/** Events after number `after`, oldest first. */
export function readEvents(
  store: Store,
  run: string,
  after: number,
  limit: number,
): Promise<NumberedEvent[]> {
  return store
    .selectFrom('run_events')
    .select(['seq', 'at', 'event'])
    .where('run_id', '=', run)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

export interface RunProgress {
  /** The stage that began last; null before the first. */
  readonly stage: StageName | null;
  readonly checksFinished: number;
}

/** How far the current attempt is. */
export async function readProgress(store: Store, run: string): Promise<RunProgress> {
  const { rows } = await sql<{ stage: StageName | null; checks: number }>`
    with attempt as (
      select seq, event from run_events
      where run_id = ${run} and seq > coalesce(
        (select max(seq) from run_events where run_id = ${run} and event->>'type' = 'started'), 0)
    )
    select
      (select event->>'stage' from attempt where event->>'type' = 'stageStarted' order by seq desc limit 1) as stage,
      (select count(*)::int from attempt where event->>'type' = 'checkFinished') as checks`.execute(store);
  return { stage: rows[0]?.stage ?? null, checksFinished: rows[0]?.checks ?? 0 };
}

/** How the checks of the current attempt ended so far, by id. */
export async function readOutcomes(store: Store, run: string): Promise<Map<string, Outcome>> {
  const { rows } = await sql<{ check: string; outcome: Outcome }>`
    select event->>'checkId' as check, event->>'outcome' as outcome from run_events
    where run_id = ${run} and event->>'type' = 'checkFinished' and seq > coalesce(
      (select max(seq) from run_events where run_id = ${run} and event->>'type' = 'started'), 0)
    order by seq`.execute(store);
  return new Map(rows.map(({ check, outcome }) => [check, outcome]));
}
