import { parseArgs } from 'node:util';
import { inScratch } from '../../docker/scratch.js';
import { exitCodeAfter } from '../cli/exit-code.js';
import { explain } from '../cli/explain.js';
import { interruptSignal } from '../cli/interrupt.js';
import { loadConfig } from '../config.js';
import { AssayerError, EXIT, type ExitCode } from '../errors.js';
import { openGrading } from '../grading.js';
import { PACKS_DIR } from '../packs/builtin.js';
import { loadPack, resolvePack } from '../packs/index.js';
import { performanceFigures } from './performance/index.js';
import { batchSpeedup, overheadRatio, type GradingBench } from './grading.js';
import { hardeningRatio } from './hardening.js';
import { pageFigures } from './pages.js';
import { acceptance, peakMemory } from './platform.js';

/**
 * `npm run -s bench -- [--json] [--accept N]`: the figures we hold ourselves to. `bench -- platform` gives those of the pages,
 * `bench -- performance [--runs N] [--only quiet,asked]` those of the measurement under load. Progress goes to standard error.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    accept: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '20' },
    only: { type: 'string' },
  },
});
const say = (line: string): void => void process.stderr.write(`bench: ${line}\n`);
const round = (value: number): number => Math.round(value * 100) / 100;

const config = loadConfig(process.env, process.cwd());
const signal = interruptSignal();

interface Measured {
  readonly figures: object;
  readonly holds: boolean;
}

async function onWarmHost<T>(work: (bench: GradingBench) => Promise<T>): Promise<T> {
  const pack = await loadPack(await resolvePack('webhook-receiver', PACKS_DIR));
  const grading = await openGrading(config, say);
  try {
    return await work({ config, pack, grading, say, signal });
  } finally {
    await grading.close();
  }
}

/** What grading costs, and what the server takes in and keeps. */
const gradingFigures = (scratch: string): Promise<Measured> =>
  onWarmHost(async (bench) => {
    const apart = { ...config, stateDir: scratch };
    const overhead = await overheadRatio(bench);
    const speedup = await batchSpeedup(bench);
    const hardening = await hardeningRatio(bench);
    const peakMemoryMB = await peakMemory(apart, say, signal);
    const { perSecond, lost } = await acceptance(apart, Number(values.accept), say, signal);
    const figures = {
      overheadRatio: round(overhead),
      batchSpeedup: round(speedup),
      hardeningRatio: round(hardening),
      peakMemoryMB,
      acceptPerSecond: Math.round(perSecond),
      lost,
    };
    const holds =
      overhead <= MAX_OVERHEAD &&
      speedup >= MIN_SPEEDUP &&
      peakMemoryMB < MAX_MEMORY_MB &&
      perSecond > MIN_ACCEPTED &&
      lost === 0;
    return { figures, holds };
  });

const MAX_OVERHEAD = 1.2;
const MIN_SPEEDUP = 3;
const MAX_MEMORY_MB = 300;
/** A second. */
const MIN_ACCEPTED = 200;

/** What pages weigh and how long they take while a grade runs. */
async function platformFigures(scratch: string): Promise<Measured> {
  const { pages, ...figures } = await pageFigures(
    { ...config, stateDir: scratch },
    { submissions: SUBMISSIONS, viewers: VIEWERS },
    say,
    signal,
  );
  for (const [name, { kb, p95Ms }] of Object.entries(pages)) say(`${name}: ${kb} KB, p95 ${p95Ms} ms`);
  const { largestPageKb, slowestP95Ms, viewers, viewersTold } = figures;
  const holds = largestPageKb < MAX_KB && slowestP95Ms < MAX_P95_MS && viewersTold === viewers;
  return { figures, holds };
}

const SUBMISSIONS = 10_000;
const VIEWERS = 200;
const MAX_KB = 100;
const MAX_P95_MS = 100;

const SUITES: Readonly<Record<string, (scratch: string) => Promise<Measured>>> = {
  grading: gradingFigures,
  platform: platformFigures,
  /** How steady and how sharp the measurement under load is. */
  performance: () => onWarmHost((bench) => performanceFigures(bench, Number(values.runs), values.only)),
};

async function main([name = 'grading']: readonly string[]): Promise<ExitCode> {
  const suite = SUITES[name];
  if (!suite) {
    const problem = `There is no bench ${name}; there are ${Object.keys(SUITES).join(', ')}.`;
    throw new AssayerError('usage', { problem });
  }
  const { figures, holds } = await inScratch(suite);
  const lines = Object.entries(figures).map(([figure, value]) => `${figure}: ${value}`);
  process.stdout.write(`${values.json ? JSON.stringify(figures) : lines.join('\n')}\n`);
  return holds ? EXIT.passed : EXIT.ours;
}

try {
  process.exitCode = await main(positionals);
} catch (error) {
  // Whatever an interrupt has broken off says so in words of its own.
  const reason: unknown = signal.aborted ? signal.reason : error;
  say(explain(reason));
  process.exitCode = exitCodeAfter(reason);
}
