import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../docker/paths.js';
import { interruptSignal } from '../../harness/cli/interrupt.js';
import { loadConfig } from '../../harness/config.js';
import { openGrading, type Grading } from '../../harness/grading.js';
import { loadPack } from '../../harness/packs/index.js';
import { choose, corpusDir, readCorpus } from './runner/corpus.js';
import type { Stage } from './runner/fixture.js';
import { honestRuns } from './runner/honest.js';
import { withPlainReference } from './runner/reference.js';
import { startNeighbour } from './runner/neighbour.js';
import { commitOfTree, keyOf, openJournal } from './runner/journal.js';
import { gradingsOf, runCorpus, secondsSince, turns } from './runner/run.js';
import { summary, sums, tableHead, tableRow } from './runner/table.js';
import { startWatchdog } from './runner/watchdog.js';
import { openWorld, type World } from './runner/world.js';

/** With the neighbour as many pods as the product grades at once on two processors. */
const LANES = 7;

/**
 * `npm run hostile [name...] [-- --json] [--lanes N] [--runs N] [--results FILE] [--for SECONDS]`: hands the fixtures in (all, or
 * those whose names begin so; with `--runs` so many in all, mixed) and says which held. With `--results` what has a result for
 * this commit in the file is not handed in again, and with `--for` nothing is begun after so many seconds. Ends with 0 when all
 * held, 1 when one did not or was not come to, 3 when the platform is not there or a name is wrong.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      lanes: { type: 'string', default: String(LANES) },
      runs: { type: 'string' },
      results: { type: 'string' },
      for: { type: 'string' },
    },
  });
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const start = performance.now();
  const fixtures = choose(await readCorpus(), positionals);
  const width = Math.max(...fixtures.map(({ name }) => name.length));

  const signal = interruptSignal();
  const grading = await openGrading(loadConfig(process.env, process.cwd()), say);
  const world = await openWorld();
  const watchdog = startWatchdog();
  try {
    const stage = stageIn(world, grading, signal);
    const neighbour = startNeighbour(honestRuns(stage));
    const queue = turns(
      gradingsOf(fixtures),
      values.runs === undefined ? undefined : atLeastOne(values.runs),
    );
    const journal = values.results === undefined ? null : openJournal(values.results, commitOfTree());
    const wanted = new Set(queue.map(keyOf));
    const earlier = (journal?.earlier ?? []).filter((result) => wanted.has(keyOf(result)));
    say(tableHead(width));
    const found = await runCorpus(queue, stage, neighbour, {
      concurrency: atLeastOne(values.lanes),
      earlier,
      ...(values.for === undefined ? {} : { enough: AbortSignal.timeout(atLeastOne(values.for) * 1000) }),
      watchdog,
      onResult(result) {
        journal?.add(result);
        say(tableRow(result, width));
      },
    });
    await neighbour.stop();
    const results = [...earlier, ...found];
    const report = { ...sums(results), open: queue.length - results.length, seconds: secondsSince(start) };
    say(summary(report));
    if (values.json) process.stdout.write(`${JSON.stringify({ ...report, fixtures: results })}\n`);
    return report.held === queue.length ? 0 : 1;
  } finally {
    await watchdog.close();
    await world.close();
    await grading.close();
  }
}

const stageIn = (world: World, { deps }: Grading, signal: AbortSignal): Stage => ({
  deps: withPlainReference(deps, world.scratch),
  world,
  signal,
  packs: {
    pack: once(() => loadPack(join(corpusDir, 'pack'))),
    'webhook-receiver': once(() => loadPack(join(projectRoot, 'assessments', 'webhook-receiver'))),
  },
});

const atLeastOne = (text: string): number => Math.max(1, Number(text) || 1);

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`hostile: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 3;
  },
);
