import { randomBytes } from 'node:crypto';
import { localInput } from '../../local.js';
import { prepare, type Guest } from '../../pipeline/performance/contest.js';
import type { GradingBench } from '../grading.js';

/** One of its own for each use, so that nothing gathers on it. */
export const never = (): AbortSignal => new AbortController().signal;

/** Unlike that of any other run on this machine. */
export const nameOfRun = (): string => `bench-${randomBytes(3).toString('hex')}`;

/** A solution of ours in a pod of its own, installed; the caller sees it out. */
export async function invite({ config, pack, grading }: GradingBench, dir: string): Promise<Guest> {
  const input = localInput(config, pack, dir, { run: nameOfRun(), candidate: null, withLoad: true });
  const taken = await input.takeIn(never());
  if (!taken.ok) throw new Error(taken.verdict.message);
  return prepare(taken.value, input, grading.deps, never());
}
