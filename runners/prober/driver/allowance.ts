import type { DeclaredCheck } from '../../../assessments/kit/index.js';
import { DEFAULT_TIMEOUT_MS } from './job.js';

/** The time that one submission's checks have, however they are divided into stages. */
export interface Allowance {
  /** What these have now: their share by their own deadlines, and what those before them left over. */
  of(checks: readonly DeclaredCheck[]): number;
  /** They have had their turn, and this was left. */
  leave(ms: number): void;
}

/**
 * A service that keeps its testers waiting uses up all of this once, not once for each stage; and a slow stage takes nothing
 * from those after it.
 * @param all every check that this submission will be asked
 */
export function allowance(all: readonly DeclaredCheck[], totalMs: number): Allowance {
  let leftOver = 0;
  const whole = weigh(all);
  return {
    of: (checks) => (whole === 0 ? 0 : (totalMs * weigh(checks)) / whole) + leftOver,
    leave: (ms) => void (leftOver = Math.max(0, ms)),
  };
}

/** What is measured under load has a time of its own. */
const weigh = (checks: readonly DeclaredCheck[]): number =>
  checks.reduce((sum, { bar, timeoutMs }) => sum + (bar ? 0 : (timeoutMs ?? DEFAULT_TIMEOUT_MS)), 0);
