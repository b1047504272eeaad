import { join } from 'node:path';
import type { Logger } from 'pino';
import type { SubmissionArchive } from '../assessments/kit/index.js';
import type { Outcome } from '../runners/install/types.js';
import { findArchive, hasOtherMachines, shareArchive } from './archives.js';
import type { Catalogue } from './catalogue.js';
import { openCatalogue } from './catalogue.js';
import type { Config } from './config.js';
import type { Services } from './embedded/index.js';
import { reasonOf } from './errors.js';
import { openGrading, type Grading } from './grading.js';
import { parseSource, sweepIntake, takeIn } from './intake/index.js';
import { requireIsolation, requireRoom } from './isolation.js';
import { grade } from './pipeline/grade.js';
import type { GradeDeps } from './pipeline/types.js';
import { startLoop } from './queue/loop.js';
import { openQueue } from './queue/queue.js';
import { startSteward } from './queue/steward.js';
import type { GradeClaim } from './queue/types.js';
import { startWorker } from './queue/worker.js';
import { sweepArchives } from './review/blobs.js';
import { scoreRun } from './scoring/index.js';
import type { Store } from './store/database.js';
import { openStore } from './store/database.js';
import type { Claim } from './store/leases.js';
import { traceGrading } from './tracing/grading.js';
import { openTracing } from './tracing/tracing.js';

export interface RunningWorker {
  readonly id: string;
  close(): Promise<void>;
}

/** For the worker's own statements; a run holds a connection only while it writes. */
const CONNECTIONS = 10;
const SWEEP_MS = 60_000;
const TIDY_MS = 3600_000;
/** An intake takes seconds; what is older was left by one that died. */
const STALE_INTAKE_MS = 3600_000;
/** A repository that a worker fetched belongs to no submission before its run has ended. */
const STALE_ARCHIVE_MS = 2 * 3600_000;

/**
 * Engine, images, isolation, database and queue, put together; takes runs once all of them are in order.
 * @param services a database and a queue that awaitServer found in order
 * @throws AssayerError isolationBroken, or what openGrading throws
 */
export async function startGradingWorker(
  config: Config,
  services: Services,
  log: Logger,
): Promise<RunningWorker> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const grading = await openGrading(config, (line) => log.info(line));
    undo.push(grading.close);
    const { deps } = grading;
    await requireIsolation(config, deps.sandbox, deps.images);

    const store = openStore({ url: services.databaseUrl, connections: CONNECTIONS });
    undo.push(() => store.destroy());
    const queue = openQueue(services.redisUrl);
    undo.push(() => queue.close());
    const steward = startSteward({ store, queue, maxAttempts: config.maxAttempts, log });
    undo.push(() => steward.close());
    const sweeper = startLoop('sweep', SWEEP_MS, () => sweep(config, deps, store, log), log);
    undo.push(() => sweeper.stop());
    const tidier = startLoop('tidy', TIDY_MS, () => tidy(grading, log), log);
    undo.push(() => tidier.stop());

    const catalogue = openCatalogue(config, (id, error) =>
      log.warn({ assessment: id, reason: reasonOf(error) }, 'an assessment cannot be loaded'),
    );
    const tracing = await openTracing(config, 'assayer-worker');
    undo.push(async () => tracing?.close());
    const worker = startWorker({
      store,
      redisUrl: services.redisUrl,
      settings: config,
      grade: traceGrading(tracing, graderOf(config, store, catalogue, deps)),
      ready: async () => (await deps.sandbox.describe(), requireRoom(config)),
      log,
    });
    undo.push(() => worker.stop());
    return { id: worker.id, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What dead processes left: containers and volumes past their time, half-done intakes. */
async function sweep(config: Config, { sandbox }: GradeDeps, store: Store, log: Logger): Promise<void> {
  const swept = await sandbox.sweep('expired');
  if (swept.containers + swept.volumes > 0) log.warn(swept, 'leftovers of dead processes were removed');
  await sweepIntake(blobsOf(config), STALE_INTAKE_MS);
  const longest = Math.max(STALE_ARCHIVE_MS, 2 * config.runMinutes * 60_000);
  await sweepArchives(store, blobsOf(config), longest);
}

async function tidy(grading: Grading, log: Logger): Promise<void> {
  const removed = await grading.tidy();
  if (removed.length > 0) log.info({ removed }, 'caches and images beyond their bounds were removed');
}

const blobsOf = ({ stateDir }: Pick<Config, 'stateDir'>): string => join(stateDir, 'blobs');

function graderOf(config: Config, store: Store, catalogue: Catalogue, deps: GradeDeps): GradeClaim {
  return async (claim, emit, signal) => {
    const pack = await catalogue.find(claim.assessment);
    if (!pack)
      throw new Error(
        `this worker does not have the assessment "${claim.assessment}"; ASSAYER_PACK_DIRS has to name the same packs on each machine.`,
      );
    const input = {
      run: claim.run,
      attempt: claim.attempt,
      pack,
      takeIn: (stop: AbortSignal) => takeInClaim(config, store, claim, stop),
      source: claim.source.name,
      candidate: claim.candidate,
      seed: claim.seed,
      withLoad: true,
    };
    const record = await grade(input, deps, emit, signal);
    return { record, scorecard: scoreRun(record, { spec: pack.spec, checks: pack.checks }) };
  };
}

async function takeInClaim(
  config: Config,
  store: Store,
  claim: Claim,
  signal: AbortSignal,
): Promise<Outcome<SubmissionArchive>> {
  const blobsDir = blobsOf(config);
  if (claim.archiveDigest) {
    return { ok: true, value: await findArchive({ store, blobsDir }, claim.archiveDigest) };
  }
  const source = await parseSource(claim.source.name);
  if (!source.ok) return source;
  const taken = await takeIn(source.value, { blobsDir, trustedGitHosts: config.gitHosts, signal });
  if (taken.ok && hasOtherMachines(config)) await shareArchive({ store, blobsDir }, taken.value.digest);
  return taken;
}
