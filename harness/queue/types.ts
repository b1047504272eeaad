import type { EmitRunEvent } from '../pipeline/events.js';
import type { Graded } from '../store/endings.js';
import type { Claim } from '../store/leases.js';

/**
 * Runs one attempt to its scorecard. Rejects with a fault of ours, whose `code` (see VERDICT_CODES) says which; and,
 * soon, once `signal` is aborted.
 */
export type GradeClaim = (claim: Claim, emit: EmitRunEvent, signal: AbortSignal) => Promise<Graded>;

/** Why an attempt was told to stop. */
export type StopReason = 'cancelled' | 'leaseLost' | 'shutdown' | 'overdue';

/** Carried by the abort signal of an attempt. */
export class AttemptStopped extends Error {
  constructor(readonly reason: StopReason) {
    super(`the attempt was stopped: ${reason}`);
    this.name = 'AttemptStopped';
  }
}
