import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { HookBody, HookEvent } from './hook-events.js';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type Created = ColumnType<Date, never, never>;

/** An address that is told of what happens. */
export interface HookTable {
  id: string;
  organisation_id: string;
  url: string;
  events: HookEvent[];
  /** Kept as it is, since each message is signed with it. */
  secret: string;
  created_by: string;
  created_at: Created;
  disabled_at: Timestamp | null;
}

/** A message to one address. */
export interface DeliveryTable {
  /** Goes along as webhook-id: a receiver that sees it twice does nothing the second time. */
  id: string;
  hook_id: string;
  event: string;
  body: JSONColumnType<HookBody>;
  state: Generated<'waiting' | 'delivered' | 'failed'>;
  attempts: Generated<number>;
  next_at: ColumnType<Date, never, Date | string>;
  answer: string | null;
  created_at: Created;
  attempted_at: Timestamp | null;
}

/** A webhook of a code host. */
export interface IntakeTable {
  id: string;
  organisation_id: string;
  assessment_id: string;
  secret: string;
  created_by: string;
  created_at: Created;
}

export interface HookSchema {
  intakes: IntakeTable;
  hooks: HookTable;
  deliveries: DeliveryTable;
}
