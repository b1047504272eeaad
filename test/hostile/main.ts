import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../docker/paths.js';
import { loadConfig } from '../../harness/config.js';
import { openGrading } from '../../harness/grading.js';
import { loadPack } from '../../harness/packs/index.js';
import { choose, corpusDir, readCorpus } from './runner/corpus.js';
import type { Stage } from './runner/fixture.js';
import { honestRuns } from './runner/honest.js';
import { withPlainReference } from './runner/reference.js';
import { startNeighbour } from './runner/neighbour.js';
import { runCorpus, secondsSince } from './runner/run.js';
import { summary, tableHead, tableRow } from './runner/table.js';
import { startWatchdog } from './runner/watchdog.js';
import { openWorld } from './runner/world.js';

/**
 * `npm run hostile [name...] [-- --json] [--lanes N] [--runs N]`: hands the fixtures in (all, or those whose names begin so;
 * with `--runs` so many in all, mixed) and says which held. Ends with 0 when all did, 1 when one did not, 2 for a wrong name, 3 when the platform is not there.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      lanes: { type: 'string', default: '3' },
      runs: { type: 'string' },
    },
  });
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const start = performance.now();
  const fixtures = choose(await readCorpus(), positionals);
  const width = Math.max(...fixtures.map(({ name }) => name.length));

  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));
  const grading = await openGrading(loadConfig(process.env, process.cwd()), say);
  const world = await openWorld();
  const watchdog = startWatchdog();
  try {
    const stage: Stage = {
      deps: withPlainReference(grading.deps, world.scratch),
      world,
      signal: interrupted.signal,
      packs: {
        pack: once(() => loadPack(join(corpusDir, 'pack'))),
        'webhook-receiver': once(() => loadPack(join(projectRoot, 'assessments', 'webhook-receiver'))),
      },
    };
    const neighbour = startNeighbour(honestRuns(stage));
    const lanes = Math.max(1, Number(values.lanes));
    say(tableHead(width));
    const results = await runCorpus(fixtures, stage, neighbour, {
      concurrency: lanes,
      ...(values.runs === undefined ? {} : { runs: Math.max(1, Number(values.runs)) }),
      watchdog,
      onResult: (result) => say(tableRow(result, width)),
    });
    await neighbour.stop();
    const seconds = secondsSince(start);
    say(summary(results, seconds));
    const held = results.filter((result) => result.held).length;
    const leftovers = results.reduce((sum, result) => sum + result.leftovers.length, 0);
    if (values.json)
      process.stdout.write(
        `${JSON.stringify({ held, tried: results.length, leftovers, seconds, fixtures: results })}\n`,
      );
    return held === results.length ? 0 : 1;
  } finally {
    await watchdog.close();
    await world.close();
    await grading.close();
  }
}

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
