import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import type { Config } from '../../config.js';
import { loadConfig } from '../../config.js';
import { EXIT } from '../../errors.js';
import { connect, type Client } from '../client/client.js';
import { packUp } from '../client/pack-up.js';
import { openBoard, type Board } from '../demo/board.js';
import { statusAfter, WAITING } from '../demo/follow.js';
import { openPlatform, type Platform } from '../demo/platform.js';
import { DEMO_ASSESSMENT, SAMPLES, type Sample } from '../demo/samples.js';
import { setUp } from '../demo/set-up.js';
import { demoTable, type DemoRow } from '../demo/table.js';
import { interruptSignal } from '../interrupt.js';

const HELP = `
Sets up what is missing (engine, images, PostgreSQL, Redis), starts a server and a worker, submits four samples of the
assessment webhook-receiver through the API and the queue, and shows their scorecards. What it started is stopped at the end,
unless --keep is given. The first run builds images and takes minutes, further ones seconds to set up.`;

/** The whole product on one machine, from nothing to four scorecards. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('grade four sample submissions on this machine, from nothing')
    .option('--keep', 'leave the server and the worker running')
    .addHelpText('after', HELP)
    .action(async ({ keep = false }: { keep?: boolean }) => {
      const config = loadConfig(process.env, process.cwd());
      process.exitCode = await runDemo(config, keep, interruptSignal());
    });
}

const CANCEL_MS = 5000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function runDemo(config: Config, keep: boolean, signal: AbortSignal): Promise<number> {
  const machine = await setUp(config, say);
  let kept = false;
  try {
    // A server that stays gets the port of the settings; one that goes away again should be in nobody's way.
    const platform = await openPlatform(config, keep ? config.port : 0, signal, say);
    try {
      const rows = await gradeSamples(config, platform, keep, signal);
      kept = keep;
      return rows.every(({ card }) => card.status === 'graded') ? EXIT.passed : EXIT.ours;
    } finally {
      if (kept) leave(platform);
      else await platform.stop();
    }
  } finally {
    if (!kept) await machine.stop();
  }
}

async function gradeSamples(
  config: Config,
  { address }: Platform,
  keep: boolean,
  signal: AbortSignal,
): Promise<DemoRow[]> {
  const client = connect(address);
  const board = openBoard(
    SAMPLES.map(({ name }) => name),
    process.stderr,
  );
  const graded = await Promise.all(SAMPLES.map((sample) => gradeSample(client, sample, board, signal)));
  process.stdout.write(`\n${demoTable(graded)}\n`);
  for (const { name, id, card } of graded) {
    const file = await savePage(config, name, await client.page(id, signal));
    process.stdout.write(`  ${name}: ${file}\n`);
    // An address of the server is of use only while there is one.
    const url = keep ? await client.link(`/submissions/${id}`, signal) : pathToFileURL(file).href;
    process.stdout.write(`    ${url}\n`);
    if (card.verdict) process.stdout.write(`    ${card.verdict.code}: ${card.verdict.message}\n`);
  }
  return graded;
}

async function gradeSample(
  client: Client,
  { name, dir }: Sample,
  board: Board,
  signal: AbortSignal,
): Promise<DemoRow & { readonly id: string }> {
  const { id } = await packUp(dir, signal, (source) =>
    client.submit({ assessment: DEMO_ASSESSMENT, candidate: `Sample: ${name}`, source }, signal),
  );
  let status = WAITING;
  try {
    for await (const event of client.events(id, signal)) {
      status = statusAfter(status, event);
      board.update(name, status.text);
    }
  } catch (error) {
    // Nobody waits for it any more; the next demo should not have to grade it.
    await client.cancel(id, AbortSignal.timeout(CANCEL_MS)).catch(() => undefined);
    throw error;
  }
  const [card, { run }] = await Promise.all([client.scorecard(id, signal), client.submission(id, signal)]);
  return { name, id, card, seconds: secondsBetween(run.startedAt, run.finishedAt) };
}

const secondsBetween = (from: string | null, to: string | null): number =>
  from && to ? (Date.parse(to) - Date.parse(from)) / 1000 : 0;

async function savePage({ stateDir }: Config, name: string, html: string): Promise<string> {
  const dir = join(stateDir, 'demo');
  await mkdir(dir, { recursive: true });
  const file = join(dir, `${name}.html`);
  await writeFile(file, html);
  return file;
}

function leave({ address, processes }: Platform): void {
  for (const one of processes) one.leave();
  const pids = processes.map(({ pid }) => pid).join(' ');
  say(`\nThe server stays at ${address.url}.${pids === '' ? '' : ` Stop it with: kill ${pids}`}`);
  say('Each link above signs a browser in once, within the hour.');
}
