import { randomBytes } from 'node:crypto';
import { execa } from 'execa';
import { localInput } from '../../local.js';
import { grade } from '../../pipeline/grade.js';
import type { GradingBench } from '../grading.js';

/** Takes what it can of each processor meanwhile. */
export async function besideHogs<T>(work: () => Promise<T>): Promise<T> {
  const hogs = [1, 2].map(() => execa(process.execPath, ['-e', 'for (;;);'], { reject: false }));
  try {
    return await work();
  } finally {
    for (const hog of hogs) hog.kill('SIGKILL');
    await Promise.all(hogs);
  }
}

/** Grades the same submission again and again meanwhile, without its load, for which there is one lane. */
export async function besideGradings<T>(
  { config, pack, grading }: GradingBench,
  dir: string,
  work: () => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const gradings = (async () => {
    while (!stop.signal.aborted) {
      const options = { run: `beside-${randomBytes(3).toString('hex')}`, candidate: null, withLoad: false };
      await grade(localInput(config, pack, dir, options), grading.deps, () => undefined, stop.signal);
    }
  })();
  try {
    return await work();
  } finally {
    stop.abort(new Error('the bench is over'));
    await gradings.catch((error: unknown) => {
      if (error !== stop.signal.reason) throw error;
    });
  }
}
