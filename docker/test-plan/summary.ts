import type { PartResult } from './run-part.js';

/** A table of the parts, and last a line of its own with the totals. */
export function summaryOf(results: readonly PartResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const rows = results.map(({ name, seconds, passed, failed, skipped }) => {
    const counts = passed + skipped === 0 ? '' : `, ${passed} passed, ${failed} failed, ${skipped} skipped`;
    return `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${failed === 0 ? 'ok' : 'FAILED'}${counts}`;
  });
  const total = (of: 'passed' | 'failed' | 'skipped'): number =>
    results.reduce((sum, result) => sum + result[of], 0);
  return [
    ...rows,
    '',
    `${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`,
  ].join('\n');
}

/** Nothing ran is a failure too. */
export const succeeded = (results: readonly PartResult[]): boolean =>
  results.every(({ failed }) => failed === 0) && results.some(({ passed }) => passed > 0);
