import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../store/database.js';
import type { Claim } from '../store/leases.js';
import { renewLease } from '../store/leases.js';

/** Hears of a cancellation within this time. */
const MAX_INTERVAL_MS = 2000;

/**
 * Renews the lease until stopped. A database that does not answer changes nothing: nobody else can claim the run
 * meanwhile, and if somebody does later, the fence keeps us out.
 */
export function keepLease(
  store: Store,
  claim: Claim,
  leaseSeconds: number,
  halt: (reason: 'cancelled' | 'leaseLost') => void,
): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const interval = Math.min(MAX_INTERVAL_MS, (leaseSeconds * 1000) / 4);

  async function beat(): Promise<void> {
    while (!stopped.signal.aborted) {
      await sleep(interval, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      const renewal = await renewLease(store, claim, leaseSeconds).catch(() => 'held' as const);
      if (renewal === 'cancelled') halt('cancelled');
      if (renewal === 'lost') return halt('leaseLost');
    }
  }

  const beating = beat();
  return {
    async stop() {
      stopped.abort();
      await beating;
    },
  };
}
