import type { Store } from './database.js';
import { newId } from './ids.js';
import { jsonb } from './json.js';

/** What an outgoing webhook can tell of. A message names ids alone: who wants more asks the API, and sees what it may. */
export const HOOK_EVENTS = [
  'submission.finished',
  'submission.erased',
  'decision.recorded',
  'override.recorded',
  'appeal.made',
  'regrade.promoted',
] as const;
export type HookEvent = (typeof HOOK_EVENTS)[number];

/** What is sent, as Standard Webhooks shapes it. */
export interface HookBody {
  readonly type: HookEvent | 'ping';
  /** ISO 8601. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

/** Writes a message to every address that wants it, in the transaction of what it tells of. */
export async function announce(
  tx: Store,
  organisation: string,
  event: HookEvent,
  data: HookBody['data'],
): Promise<void> {
  const hooks = await tx
    .selectFrom('hooks')
    .select('id')
    .where('organisation_id', '=', organisation)
    .where('disabled_at', 'is', null)
    .where((where) => where(where.val(event), '=', where.fn.any('events')))
    .execute();
  for (const { id } of hooks) await addDelivery(tx, id, bodyOf(event, data));
}

export const bodyOf = (type: HookBody['type'], data: HookBody['data']): HookBody => ({
  type,
  timestamp: new Date().toISOString(),
  data,
});

export async function addDelivery(tx: Store, hook: string, body: HookBody): Promise<string> {
  const id = newId('dlv');
  await tx
    .insertInto('deliveries')
    .values({ id, hook_id: hook, event: body.type, body: jsonb(body) })
    .execute();
  return id;
}

/** A run has ended; it is told of when it is the one that counts for its submission. */
export async function announceRun(
  tx: Store,
  run: string,
  { state, score }: { readonly state: string; readonly score: number | null },
): Promise<void> {
  const row = await tx
    .selectFrom('submissions as s')
    .select(['s.id', 's.organisation_id', 's.assessment_id'])
    .where('s.current_run', '=', run)
    .executeTakeFirst();
  if (!row) return;
  const data = { submission: row.id, run, assessment: row.assessment_id, state, score };
  await announce(tx, row.organisation_id, 'submission.finished', data);
}
