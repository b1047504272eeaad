import { randomBytes } from 'node:crypto';
import { localInput } from '../../local.js';
import { prepare, type Guest } from '../../pipeline/performance/contest.js';
import type { GradingBench } from '../grading.js';

/** Unlike that of any other run on this machine. */
export const nameOfRun = (): string => `bench-${randomBytes(3).toString('hex')}`;

/** A solution of ours in a pod of its own, installed; the caller sees it out. */
export async function invite({ config, pack, grading, signal }: GradingBench, dir: string): Promise<Guest> {
  const input = localInput(config, pack, dir, { run: nameOfRun(), candidate: null, withLoad: true });
  const taken = await input.takeIn(signal);
  if (!taken.ok) throw new Error(taken.verdict.message);
  return prepare(taken.value, input, grading.deps, signal);
}
