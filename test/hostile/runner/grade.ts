import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import type { Pack } from '../../../assessments/kit/index.js';
import type { Scorecard } from '../../../assessments/kit/schema/scorecard.js';
import { takeIn } from '../../../harness/intake/index.js';
import { grade } from '../../../harness/pipeline/grade.js';
import type { GradeDeps } from '../../../harness/pipeline/types.js';
import { scoreRun } from '../../../harness/scoring/index.js';
import type { Material } from './material.js';

export interface Order {
  readonly run: string;
  readonly pack: Pack;
  readonly material: Material;
  readonly candidate: string | null;
  readonly load: boolean;
  /** Where clean tars are kept. */
  readonly blobsDir: string;
}

export interface Graded {
  readonly card: Scorecard;
  readonly seconds: number;
}

/** The real pipeline, as the command line runs it. Rejects with what would be shown as a fault of the platform. */
export async function gradeOne(order: Order, deps: GradeDeps, signal: AbortSignal): Promise<Graded> {
  const { run, pack, material, candidate, load, blobsDir } = order;
  const start = performance.now();
  const record = await grade(
    {
      run,
      attempt: 1,
      pack,
      takeIn: (stop) =>
        takeIn(material.source, {
          blobsDir: join(blobsDir, 'blobs'),
          allowLocal: material.allowLocal,
          signal: stop,
        }),
      source: material.label,
      candidate,
      seed: `hostile-${run}`,
      withLoad: load,
    },
    deps,
    () => undefined,
    signal,
  );
  const card = scoreRun(record, { spec: pack.spec, checks: pack.checks });
  return { card, seconds: Math.round((performance.now() - start) / 100) / 10 };
}
