import type { FixtureResult } from './types.js';

const COLUMNS = ['fixture', 'expected', 'got', 'left over', 'neighbour', 'seconds'] as const;

export function tableHead(width: number): string {
  const [fixture, ...rest] = COLUMNS;
  return `   ${fixture.padEnd(width)} ${rest[0].padEnd(34)} ${rest[1].padEnd(34)} ${rest.slice(2).join('  ')}`;
}

/** One line for a fixture, and one below for each thing that is not as it should be. */
export function tableRow(result: FixtureResult, width: number): string {
  const row = [
    result.held ? 'ok' : 'NO',
    result.name.padEnd(width),
    result.expected.slice(0, 34).padEnd(34),
    result.got.slice(0, 34).padEnd(34),
    String(result.leftovers.length).padStart(9),
    (result.neighbour === null ? '-' : String(result.neighbour)).padStart(9),
    result.seconds.toFixed(1).padStart(8),
  ].join(' ');
  return [row, ...result.problems.map((problem) => `     ${problem}`)].join('\n');
}

export interface Sums {
  readonly held: number;
  readonly tried: number;
  readonly honest: number;
  readonly leftovers: number;
}

export const sums = (results: readonly FixtureResult[]): Sums => ({
  held: results.filter(({ held }) => held).length,
  tried: results.length,
  honest: results.filter(({ nature }) => nature !== 'hostile').length,
  leftovers: results.reduce((sum, { leftovers }) => sum + leftovers.length, 0),
});

export function summary({
  held,
  tried,
  honest,
  leftovers,
  open,
  seconds,
}: Sums & { readonly open: number; readonly seconds: number }): string {
  const rest = open === 0 ? '' : ` ${open} were not come to.`;
  return `${held} of ${tried} hand-ins held (${honest} of them honest), ${leftovers} left over, in ${Math.round(seconds)} s.${rest}`;
}
