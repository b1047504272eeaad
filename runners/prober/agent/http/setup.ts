import type { Evidence } from '../../../../assessments/kit/index.js';
import type { Mask } from '../../mask.js';
import type { Address } from '../../protocol.js';

/** What every way of speaking to the service is given. */
export interface ClientSetup {
  /** Where the service is now; changes with a restart. */
  readonly address: () => Address;
  readonly mask: Mask;
  readonly cite: (evidence: Evidence) => void;
  /** Ends with the check. */
  readonly signal: AbortSignal;
}

/** Milliseconds since `start`, to a tenth. */
export const elapsed = (start: number): number => Math.round((performance.now() - start) * 10) / 10;
