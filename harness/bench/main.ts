import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.js';
import { AssayerError, EXIT } from '../errors.js';
import { openGrading } from '../grading.js';
import { PACKS_DIR } from '../packs/builtin.js';
import { loadPack, resolvePack } from '../packs/index.js';
import { performanceFigures } from './performance/index.js';
import { batchSpeedup, overheadRatio } from './grading.js';
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

/** What grading costs, and what the server takes in and keeps. */
async function gradingFigures(scratch: string): Promise<{ figures: object; holds: boolean }> {
  const pack = await loadPack(await resolvePack('webhook-receiver', PACKS_DIR));
  const grading = await openGrading(config, say);
  try {
    const bench = { config, pack, grading, say };
    const apart = { ...config, stateDir: scratch };
    const overhead = await overheadRatio(bench);
    const speedup = await batchSpeedup(bench);
    const hardening = await hardeningRatio(bench);
    const peakMemoryMB = await peakMemory(apart, say);
    const { perSecond, lost } = await acceptance(apart, Number(values.accept), say);
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
  } finally {
    await grading.close();
  }
}

const MAX_OVERHEAD = 1.2;
const MIN_SPEEDUP = 3;
const MAX_MEMORY_MB = 300;
/** A second. */
const MIN_ACCEPTED = 200;

/** What pages weigh and how long they take while a grade runs. */
async function platformFigures(scratch: string): Promise<{ figures: object; holds: boolean }> {
  const { pages, ...figures } = await pageFigures(
    { ...config, stateDir: scratch },
    { submissions: SUBMISSIONS, viewers: VIEWERS },
    say,
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

/** How steady and how sharp the measurement under load is. */
async function loadFigures(): Promise<{ figures: object; holds: boolean }> {
  const pack = await loadPack(await resolvePack('webhook-receiver', PACKS_DIR));
  const grading = await openGrading(config, say);
  try {
    return await performanceFigures({ config, pack, grading, say }, Number(values.runs), values.only);
  } finally {
    await grading.close();
  }
}

const SUITES = {
  grading: gradingFigures,
  platform: platformFigures,
  performance: loadFigures,
} as const;

const [suite = 'grading'] = positionals;
if (!(suite in SUITES)) {
  throw new AssayerError('usage', {
    problem: `There is no bench ${suite}; there are ${Object.keys(SUITES).join(', ')}.`,
  });
}
const scratch = await mkdtemp(join(tmpdir(), 'assayer-bench-'));
try {
  const { figures, holds } = await SUITES[suite as keyof typeof SUITES](scratch);
  const lines = Object.entries(figures).map(([name, value]) => `${name}: ${value}`);
  process.stdout.write(`${values.json ? JSON.stringify(figures) : lines.join('\n')}\n`);
  process.exitCode = holds ? EXIT.passed : EXIT.ours;
} finally {
  await rm(scratch, { recursive: true, force: true });
}
