import { join } from 'node:path';
import type { SubmissionArchive } from '../assessments/kit/index.js';
import { ensureEngine } from '../docker/engine/index.js';
import { ensureImages, removeOldImages } from '../docker/images.js';
import { createRegistryProxy } from '../runners/install/index.js';
import { dockerImageStore } from '../runners/sandbox/imageStore.js';
import { admission, dockerSandbox, hostCapacity } from '../runners/sandbox/index.js';
import type { Config } from './config.js';
import { takeIn } from './intake/index.js';
import { createLane } from './pipeline/performance/lane.js';
import type { GradeDeps } from './pipeline/types.js';
import { programVersion } from './version.js';

/** The settings that grading depends on. */
export type GradingConfig = Pick<Config, 'stateDir' | 'runtime'>;

/** All that a process needs to grade, put together once. */
export interface Grading {
  readonly deps: GradeDeps;
  /** Removes caches and images beyond their bounds, oldest first; says what is gone. */
  tidy(): Promise<readonly string[]>;
  /** Gives everything back; the engine is stopped if it was started here. */
  close(): Promise<void>;
}

/** Checks mostly wait for a service, so pods may be promised more processor time than there is. */
const CPU_OVERCOMMIT = 4;

/** Of installed dependencies; each is filled anew when it is wanted again. */
const CACHE_LIMITS = { mostMb: 8 * 1024, mostDays: 14, leastHours: 1 };

/**
 * Finds or starts the engine, makes missing images, and sweeps what dead processes left.
 * @throws Error or SandboxError in one sentence: what is missing, and what to do
 */
export async function openGrading(config: GradingConfig, say: (line: string) => void): Promise<Grading> {
  const setup = { stateDir: config.stateDir, say };
  const engine = await ensureEngine(setup);
  try {
    const at = { dockerHost: engine.host };
    const store = dockerImageStore(at);
    const images = await ensureImages(store, setup);
    const sandbox = dockerSandbox({
      ...at,
      pauseImage: images.pause,
      owner: 'assayer',
      ...(config.runtime === undefined ? {} : { runtime: config.runtime }),
    });
    const facts = await sandbox.describe();
    await sandbox.sweep('expired');
    const registry = createRegistryProxy({ stateDir: config.stateDir });
    const capacity = hostCapacity(facts);
    return {
      deps: {
        sandbox,
        images,
        registry,
        performanceLane: createLane('performance'),
        reference: ({ dir }, signal) => takeReference(config, dir, signal),
        admit: admission({ ...capacity, cpus: capacity.cpus * CPU_OVERCOMMIT }),
        versions: { assayer: programVersion(), node: process.versions.node },
        now: () => new Date(),
      },
      async tidy() {
        const caches = await sandbox.evictCaches(CACHE_LIMITS);
        return [...caches, ...(await removeOldImages(store, images))];
      },
      async close() {
        await registry.close();
        await sandbox.close();
        await engine.stop();
      },
    };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

/** The solution that submissions are compared with. @throws Error when the pack has none that can be read */
async function takeReference(
  { stateDir }: Pick<Config, 'stateDir'>,
  packDir: string,
  signal: AbortSignal,
): Promise<SubmissionArchive> {
  const path = join(packDir, 'solutions', 'senior');
  const options = { blobsDir: join(stateDir, 'blobs'), allowLocal: true, signal };
  const taken = await takeIn({ kind: 'directory', path }, options);
  if (taken.ok) return taken.value;
  throw new Error(`the reference solution cannot be read: ${taken.verdict.message}`);
}
