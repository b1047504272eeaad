import { resolve } from 'node:path';
import { join } from 'node:path';
import { dockerSandbox } from '../../runners/sandbox/index.js';
import { dockerImageStore } from '../../runners/sandbox/imageStore.js';
import { ensureCommand } from '../commands.js';
import { ensureEngine, type Engine } from '../engine/index.js';
import { ensureImages } from '../images.js';
import { projectRoot } from '../paths.js';
import type { Setup } from '../setup.js';
import { chosenPlan, hasTests, wholePlan } from './parts.js';
import { runPart, type PartResult } from './run-part.js';
import { succeeded, summaryOf } from './summary.js';

const say = (line: string): void => void process.stderr.write(`test: ${line}\n`);
const setup: Setup = {
  stateDir: resolve(process.env['ASSAYER_STATE_DIR'] ?? join(projectRoot, '.assayer')),
  say,
};

async function main(args: readonly string[]): Promise<boolean> {
  await ensureCommand('git', 'git', setup);
  await ensureCommand('redis-server', 'redis-server', setup);
  if (hasTests('e2e')) await ensureCommand('chromium', 'chromium', setup);
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
  const results: PartResult[] = [];
  // What others left earlier is none of these tests' doing.
  await sandbox.sweep('expired');
  for (const part of args.length === 0 ? wholePlan() : chosenPlan(args)) {
    say(part.name);
    results.push(await runPart(part));
  }
  const left = await sandbox.sweep('expired');
  const count = left.containers + left.volumes;
  if (count > 0)
    say(`tests left ${left.containers} containers and ${left.volumes} volumes behind; they are removed now`);
  results.push({ name: 'nothing left behind', seconds: 0, passed: 0, failed: count, skipped: 0 });
  await sandbox.close();
  process.stdout.write(`${summaryOf(results)}\n`);
  return succeeded(results);
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
