import { settle } from '../settle.js';
import type { EngineFacts, Sandbox } from '../types.js';
import { openLab, type Lab } from './lab.js';
import { PROBES } from './probes/index.js';
import type { Answer, HostCheck, PreflightReport, PreflightResult } from './types.js';

/** Probes under way at once: more would only wait for processors. */
const LANES = 3;
const PROBE_MS = 20_000;

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

  const results = await inLanes(
    PROBES.map((probe) => () => report(probe.id, probe.title, () => probe.try(lab!))),
  );
  const { here, there } = lab;
  const removed = await report('removal', 'Pods are removed without a trace', async () => {
    await settle([here.dispose(), there.dispose()]);
    return { holds: true, detail: 'containers and volumes are gone' };
  });
  return { engine, results: [found, opened, ...results, removed] };
}

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

/** Runs some at a time; answers in the order given. */
async function inLanes<T>(work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const answers = new Array<T>(work.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < work.length; index = next++) answers[index] = await work[index]!();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return answers;
}
