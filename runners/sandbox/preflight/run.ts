import { atMost, settle } from '../concurrency.js';
import type { EngineFacts, Sandbox } from '../types.js';
import { openLab, type Lab } from './lab.js';
import { PROBES } from './probes/index.js';
import {
  NO_RESULT,
  type Answer,
  type HostCheck,
  type Look,
  type PreflightReport,
  type PreflightResult,
  type Probe,
} from './types.js';

/** Trials under way at once: more would only wait for processors. */
const LANES = 2;
const PROBE_MS = 45_000;

/**
 * Proves by trying that candidate code is held in, and runs the host's own checks. Never throws: what cannot be shown to hold,
 * though it could be tried, does not hold. `images.sandbox` is the image that candidate code runs in.
 */
export async function runPreflight(
  sandbox: Sandbox,
  images: { readonly sandbox: string },
  hostChecks: readonly HostCheck[],
): Promise<PreflightReport> {
  const started = performance.now();
  const host = Promise.all(hostChecks.map(({ id, title, run }) => report(id, title, run)));
  const { engine, results: isolation } = await proveIsolation(sandbox, images.sandbox);
  const results = [...isolation, ...(await host)];
  return {
    holds: results.every(({ holds }) => holds !== false),
    results,
    engine,
    tookMs: Math.round(performance.now() - started),
  };
}

async function proveIsolation(
  sandbox: Sandbox,
  image: string,
): Promise<{ engine: EngineFacts | null; results: readonly PreflightResult[] }> {
  let engine: EngineFacts | null = null;
  const found = await report('engine', 'The container engine answers', async () => {
    engine = await sandbox.describe();
    return {
      holds: true,
      detail: `${engine.name} ${engine.version}, control groups ${engine.cgroup}, runtime ${engine.runtime}`,
    };
  });
  if (engine === null) return { engine, results: [found] };

  let lab: Lab | undefined;
  const opened = await report('pods', 'Pods can be made', async () => {
    lab = await openLab(sandbox, image, engine!);
    return { holds: true, detail: 'two, with volumes' };
  });
  if (lab === undefined) return { engine, results: [found, opened] };

  const results = await answers(lab);
  const { here, there } = lab;
  const removed = await report('removal', 'Pods are removed without a trace', async () => {
    await settle([here.dispose(), there.dispose()]);
    return { holds: true, detail: 'containers and volumes are gone' };
  });
  return { engine, results: [found, opened, ...results, removed] };
}

/** Looks share one container; trials go beside it, some at a time. */
function answers(lab: Lab): Promise<PreflightResult[]> {
  const seen = lab.look(PROBES.filter(isLook));
  const lane = atMost(LANES);
  const judge = async (probe: Look): Promise<Answer> => {
    const result = (await seen).get(probe.id);
    return result === undefined ? NO_RESULT : probe.judge(result, lab);
  };
  return Promise.all(
    PROBES.map((probe) =>
      isLook(probe)
        ? report(probe.id, probe.title, () => judge(probe))
        : lane(() => report(probe.id, probe.title, () => probe.try(lab))),
    ),
  );
}

const isLook = (probe: Probe): probe is Look => 'judge' in probe;

/** A failure to try is no proof, so it counts as not holding. */
async function report(id: string, title: string, work: () => Promise<Answer>): Promise<PreflightResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(
      () => resolve({ holds: false, detail: `no result within ${PROBE_MS / 1000} s` }),
      PROBE_MS,
    );
  });
  try {
    return { id, title, ...(await Promise.race([work(), late])) };
  } catch (error) {
    return { id, title, holds: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
