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

export function summary(results: readonly FixtureResult[], seconds: number): string {
  const held = results.filter((result) => result.held).length;
  const honest = results.filter((result) => result.nature !== 'hostile').length;
  const left = results.reduce((sum, result) => sum + result.leftovers.length, 0);
  return `${held} of ${results.length} fixtures held (${honest} of them honest), ${left} left over, in ${Math.round(seconds)} s.`;
}
