import { sql } from 'kysely';
import type { Store } from './database.js';
import type { HookBody, HookEvent } from './hook-events.js';
import { newId } from './ids.js';

export interface HookView {
  readonly id: string;
  readonly url: string;
  readonly events: HookEvent[];
  readonly created_at: Date;
  /** The address said that it is gone. */
  readonly disabled_at: Date | null;
}

export interface NewHook {
  readonly url: string;
  readonly events: readonly HookEvent[];
  /** With which each message is signed. */
  readonly secret: string;
  readonly createdBy: string;
}

export async function addHook(store: Store, organisation: string, hook: NewHook): Promise<string> {
  const id = newId('hok');
  await store
    .insertInto('hooks')
    .values({
      id,
      organisation_id: organisation,
      url: hook.url,
      events: [...hook.events],
      secret: hook.secret,
      created_by: hook.createdBy,
    })
    .execute();
  return id;
}

const hooks = (store: Store, organisation: string) =>
  store
    .selectFrom('hooks')
    .select(['id', 'url', 'events', 'created_at', 'disabled_at'])
    .where('organisation_id', '=', organisation);

export const listHooks = (store: Store, organisation: string): Promise<HookView[]> =>
  hooks(store, organisation).orderBy('id', 'desc').execute();

export async function findHook(store: Store, organisation: string, id: string): Promise<HookView | null> {
  return (await hooks(store, organisation).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** With all its messages. */
export async function deleteHook(store: Store, organisation: string, id: string): Promise<boolean> {
  const mine = store.deleteFrom('hooks').where('organisation_id', '=', organisation).where('id', '=', id);
  return (await mine.executeTakeFirst()).numDeletedRows > 0n;
}

export interface DeliveryView {
  readonly id: string;
  readonly event: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  /** What came of the last try, in a few words. */
  readonly answer: string | null;
  readonly created_at: Date;
  readonly attempted_at: Date | null;
  /** Of one that waits. */
  readonly next_at: Date;
}

/** Newest first. */
export const listDeliveries = (
  store: Store,
  organisation: string,
  hook: string,
  limit: number,
): Promise<DeliveryView[]> =>
  store
    .selectFrom('deliveries as d')
    .innerJoin('hooks as h', 'h.id', 'd.hook_id')
    .select(['d.id', 'd.event', 'd.state', 'd.attempts', 'd.answer', 'd.created_at', 'd.attempted_at'])
    .select('d.next_at')
    .where('h.organisation_id', '=', organisation)
    .where('h.id', '=', hook)
    .orderBy('d.id', 'desc')
    .limit(limit)
    .execute();

/** Sends a message once more, under its id, so that a receiver knows it. False when there is no such message. */
export async function sendAgain(store: Store, organisation: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('deliveries as d')
    .from('hooks as h')
    .set({ state: 'waiting', attempts: 0, next_at: sql<Date>`now()` })
    .whereRef('h.id', '=', 'd.hook_id')
    .where('h.organisation_id', '=', organisation)
    .where('d.id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** A message that is due, for whoever sends it. */
export interface Due {
  readonly id: string;
  readonly hook: string;
  readonly url: string;
  readonly secret: string;
  readonly body: HookBody;
  /** Tries, this one included. */
  readonly attempts: number;
}

/** How many messages one sender has on their way at once. */
export interface Bounds {
  readonly toOneHook: number;
  readonly ofOneOrganisation: number;
  readonly inAll: number;
}

/**
 * Takes messages that are due, of each hook and organisation only as many as fit beside those of theirs that are on their way, so
 * that a slow receiver keeps nobody else waiting. Should the sender die, they are due again after `leaseSeconds`.
 * @param underWay ids of the messages that this sender has on their way
 */
export async function takeDue(
  store: Store,
  underWay: readonly string[],
  { toOneHook, ofOneOrganisation, inAll }: Bounds,
  leaseSeconds: number,
): Promise<Due[]> {
  const { rows } = await sql<Due>`
    with counted as (
      select d.id, d.next_at, h.organisation_id, d.id = any(${underWay}) as under_way,
        row_number() over (partition by h.id order by d.id = any(${underWay}) desc, d.next_at) as of_hook
      from deliveries d join hooks h on h.id = d.hook_id
      where d.state = 'waiting' and (d.next_at <= now() or d.id = any(${underWay}))
    ), shared as (
      select *, row_number() over (partition by organisation_id order by under_way desc, of_hook, next_at) as of_organisation
      from counted where under_way or of_hook <= ${toOneHook}
    ), chosen as (
      select id from shared where not under_way and of_organisation <= ${ofOneOrganisation}
      order by of_organisation, next_at limit ${Math.max(0, inAll - underWay.length)}
    )
    update deliveries d
    set attempts = d.attempts + 1, attempted_at = now(), next_at = now() + make_interval(secs => ${leaseSeconds})
    from hooks h
    where h.id = d.hook_id and d.id in (
      select id from deliveries where id in (select id from chosen) and state = 'waiting' and next_at <= now()
      for update skip locked)
    returning d.id, h.id as hook, h.url, h.secret, d.body, d.attempts`.execute(store);
  return rows;
}

/** What came of a try; `againSeconds` null: it is not tried any more. */
export interface Tried {
  readonly delivered: boolean;
  readonly answer: string;
  readonly againSeconds: number | null;
}

export async function recordTry(store: Store, id: string, tried: Tried): Promise<void> {
  const { delivered, answer, againSeconds } = tried;
  await store
    .updateTable('deliveries')
    .set({
      state: delivered ? 'delivered' : againSeconds === null ? 'failed' : 'waiting',
      answer,
      ...(againSeconds === null
        ? {}
        : { next_at: sql<Date>`now() + make_interval(secs => ${againSeconds})` }),
    })
    .where('id', '=', id)
    // Another message may have found out meanwhile that the address is gone.
    .where('state', '=', 'waiting')
    .execute();
}

/** The address is gone for good: nothing more is sent there. */
export async function disableHook(store: Store, id: string): Promise<void> {
  await store
    .updateTable('hooks')
    .set({ disabled_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
  const waiting = store.updateTable('deliveries').where('hook_id', '=', id).where('state', '=', 'waiting');
  await waiting.set({ state: 'failed', answer: 'The address is gone.' }).execute();
}
