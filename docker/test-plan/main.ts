import { join, resolve } from 'node:path';
import { dockerImageStore } from '../../runners/sandbox/imageStore.js';
import { dockerSandbox } from '../../runners/sandbox/index.js';
import { ensureCommand } from '../commands.js';
import { ensureEngine, type Engine } from '../engine/index.js';
import { ensureImages } from '../images.js';
import { projectRoot } from '../paths.js';
import type { Setup } from '../setup.js';
import { chosenPlan, hasTests, wholePlan } from './parts.js';
import { runPart, type PartResult } from './run-part.js';
import { succeeded, summaryOf } from './summary.js';

/** With the seconds since the start, so that a slow run shows where its time went. */
const say = (line: string): void =>
  void process.stderr.write(`test: ${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
const setup: Setup = {
  stateDir: resolve(process.env['ASSAYER_STATE_DIR'] ?? join(projectRoot, '.assayer')),
  say,
};

/** An interrupt ends the part that runs and skips the others; what was started is still stopped. */
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupt.abort(signal));

async function main(args: readonly string[]): Promise<boolean> {
  await ensureCommand('git', 'git', setup);
  await ensureCommand('redis-server', 'redis-server', setup);
  if (hasTests('e2e')) await ensureCommand('chromium', 'chromium fonts-liberation', setup);
  const engine = await ensureEngine(setup);
  process.env['DOCKER_HOST'] = engine.host;
  try {
    return await runAll(engine, args);
  } finally {
    await engine.stop();
  }
}

async function runAll(engine: Engine, args: readonly string[]): Promise<boolean> {
  const images = await ensureImages(dockerImageStore({ dockerHost: engine.host }), setup);
  const sandbox = dockerSandbox({ dockerHost: engine.host, pauseImage: images.pause, owner: 'npm-test' });
  // What others left here earlier is none of these tests' doing.
  await sandbox.sweep('expired');
  const results: PartResult[] = [];
  for (const part of args.length === 0 ? wholePlan({ ci: process.env['CI'] === 'true' }) : chosenPlan(args)) {
    if (interrupt.signal.aborted) break;
    say(part.name);
    results.push(await runPart(part, interrupt.signal));
  }
  const { containers, volumes } = await sandbox.sweep('expired');
  await sandbox.close();
  if (containers + volumes > 0)
    say(`${containers} containers and ${volumes} volumes were left behind, and are removed`);
  results.push({
    name: 'nothing left behind',
    seconds: 0,
    passed: 0,
    failed: containers + volumes,
    skipped: 0,
  });
  process.stdout.write(`${summaryOf(results)}\n`);
  return succeeded(results);
}

try {
  const good = await main(process.argv.slice(2));
  process.exitCode = interrupt.signal.aborted ? 130 : good ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 3;
}
