import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Host } from '../../runners/sandbox/host.js';
import { sandboxOn } from '../../runners/sandbox/sandbox.js';
import { localInput } from '../local.js';
import { grade } from '../pipeline/grade.js';
import type { GradeDeps } from '../pipeline/types.js';
import type { GradingBench } from './grading.js';

const PAIRS = 3;

/**
 * What hardening adds to a grade: the time of a warm one (without its loads, whose length is fixed) over that of the same in
 * containers as the engine makes them by itself, with the same limits of memory and processor. Taken turn by turn; the median.
 */
export async function hardeningRatio(bench: GradingBench): Promise<number> {
  const { deps } = bench.grading;
  const host = new Host({ pauseImage: deps.images.pause, owner: 'assayer' });
  soften(host);
  const plain: GradeDeps = { ...deps, sandbox: sandboxOn(host) };
  const ratios: number[] = [];
  try {
    await seconds(bench, plain);
    for (let pair = 0; pair < PAIRS; pair++) {
      const [soft, hard] = [await seconds(bench, plain), await seconds(bench, deps)];
      bench.say(`hardened ${hard.toFixed(1)} s, plain ${soft.toFixed(1)} s`);
      ratios.push(hard / soft);
    }
  } finally {
    await plain.sandbox.close();
  }
  return ratios.sort((a, b) => a - b)[Math.floor(PAIRS / 2)] as number;
}

/** What `hardening` sets and a plain container does not have; its namespace, volumes and limits of memory and processor stay. */
const HARDENING = new Set(['ReadonlyRootfs', 'CapDrop', 'SecurityOpt', 'PidsLimit', 'Ulimits', 'Init']);

/** Takes the hardening off all that this host will start. There is no setting for it, on purpose: code of ours alone runs here. */
function soften({ engine: { docker } }: Host): void {
  const create = docker.createContainer.bind(docker);
  const plain = ({
    HostConfig = {},
    ...options
  }: Parameters<typeof create>[0]): ReturnType<typeof create> => {
    const kept = Object.entries(HostConfig).filter(([name]) => !HARDENING.has(name));
    return create({ ...options, HostConfig: Object.fromEntries(kept) });
  };
  Object.assign(docker, { createContainer: plain });
}

let runs = 0;

async function seconds({ config, pack, signal }: GradingBench, deps: GradeDeps): Promise<number> {
  const options = { run: `hardening-${process.pid}-${++runs}`, candidate: null, withLoad: false };
  const input = localInput(config, pack, join(pack.dir, 'solutions', 'senior'), options);
  const start = performance.now();
  const record = await grade(input, deps, () => undefined, signal);
  if (record.verdict) throw new Error(`the reference was not graded: ${record.verdict.message}`);
  return (performance.now() - start) / 1000;
}
