import { join } from 'node:path';
import { AssayerError } from '../../errors.js';
import type { GradingBench } from '../grading.js';
import { figuresOf, holds, nothingSeen, type PerformanceFigures } from './figures.js';
import { PARTS } from './parts.js';

/**
 * How steady and how sharp the measurement under load is. What is known so far is said after each run.
 * @param only names of parts, with commas between them; default all
 */
export async function performanceFigures(
  bench: GradingBench,
  runs: number,
  only = Object.keys(PARTS).join(),
): Promise<{ figures: PerformanceFigures; holds: boolean }> {
  const seen = nothingSeen();
  const tell = (): void => bench.say(`so far ${JSON.stringify(figuresOf(seen))}`);
  const senior = join(bench.pack.dir, 'solutions', 'senior');
  for (const name of only.split(',').map(partNamed)) await PARTS[name]({ bench, senior, runs, seen, tell });
  const figures = figuresOf(seen);
  return { figures, holds: holds(figures) };
}

function partNamed(name: string): keyof typeof PARTS {
  if (name in PARTS) return name as keyof typeof PARTS;
  throw new AssayerError('usage', {
    problem: `There is no part ${name}; there are ${Object.keys(PARTS).join(', ')}.`,
  });
}
