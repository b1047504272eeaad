import type { Response } from './context.js';
import { CheckEnd } from './failures.js';

/** Assertions that speak in the scorecard's terms: what was expected, what was observed. */

/** Fails the check. */
export function fail(message: string, details: { expected?: string; observed?: string } = {}): never {
  throw new CheckEnd('failed', message, details);
}

/** Fails the check unless `holds`. `message` says what was seen instead, in a few words that `expected` and `observed` can follow. */
export function must(
  holds: unknown,
  message: string,
  details: { expected?: string; observed?: string } = {},
): asserts holds {
  if (!holds) fail(message, details);
}

/** Fails the check unless the status is one of `allowed`; `because` says what was tried, in a few words. */
export function expectStatus(response: Response, allowed: number | readonly number[], because: string): void {
  const list = typeof allowed === 'number' ? [allowed] : allowed;
  must(
    list.includes(response.status),
    `${because}: status ${response.status} instead of ${list.join(' or ')}`,
    {
      expected: `status ${list.join(' or ')}`,
      observed: `status ${response.status}`,
    },
  );
}
