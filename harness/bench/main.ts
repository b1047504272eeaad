import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.js';
import { EXIT } from '../errors.js';
import { openGrading } from '../grading.js';
import { PACKS_DIR } from '../packs/builtin.js';
import { loadPack, resolvePack } from '../packs/index.js';
import { batchSpeedup, overheadRatio } from './grading.js';
import { hardeningRatio } from './hardening.js';
import { acceptance, peakMemory } from './platform.js';

/** `npm run -s bench -- [--json] [--accept N]`: the figures we hold ourselves to. Progress goes to standard error. */
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, accept: { type: 'string', default: '10000' } },
});
const say = (line: string): void => void process.stderr.write(`bench: ${line}\n`);
const round = (value: number): number => Math.round(value * 100) / 100;

const config = loadConfig(process.env, process.cwd());
const pack = await loadPack(await resolvePack('webhook-receiver', PACKS_DIR));
const grading = await openGrading(config, say);
const scratch = await mkdtemp(join(tmpdir(), 'assayer-bench-'));
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
  const lines = Object.entries(figures).map(([name, value]) => `${name}: ${value}`);
  process.stdout.write(`${values.json ? JSON.stringify(figures) : lines.join('\n')}\n`);
  process.exitCode = lost === 0 ? EXIT.passed : EXIT.ours;
} finally {
  await grading.close();
  await rm(scratch, { recursive: true, force: true });
}
