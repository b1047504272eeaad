import { cpus, totalmem, release, arch } from 'node:os';
import type { Provenance } from '../../assessments/kit/schema/scorecard.js';
import type { GradeDeps, GradeInput } from './types.js';

/** All that is needed to explain a score later, or to repeat the run. */
export async function provenance(
  input: Pick<GradeInput, 'pack' | 'seed' | 'attempt'>,
  deps: Pick<GradeDeps, 'sandbox' | 'images' | 'versions' | 'now'>,
): Promise<Provenance> {
  const engine = await deps.sandbox.describe();
  const { sandbox, prober, pause } = deps.images;
  return {
    assessmentDigest: input.pack.digest,
    images: { sandbox, prober, pause },
    engine: {
      name: engine.name,
      version: engine.version,
      apiVersion: engine.apiVersion,
      cgroup: engine.cgroup,
      runtime: engine.runtime,
    },
    limits: { ...input.pack.spec.limits },
    seed: input.seed,
    host: {
      cpus: cpus().length,
      memoryMb: Math.round(totalmem() / 2 ** 20),
      kernel: release(),
      arch: arch(),
    },
    versions: { ...deps.versions },
    gradedAt: deps.now().toISOString(),
    attempt: input.attempt,
  };
}
