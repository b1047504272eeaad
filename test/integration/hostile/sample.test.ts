import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGrading, type Grading } from '../../../harness/grading.js';
import { loadPack } from '../../../harness/packs/index.js';
import { choose, corpusDir, readCorpus } from '../../hostile/runner/corpus.js';
import { honestRuns } from '../../hostile/runner/honest.js';
import { startNeighbour } from '../../hostile/runner/neighbour.js';
import { gradingsOf, runCorpus, turns } from '../../hostile/runner/run.js';
import { startWatchdog } from '../../hostile/runner/watchdog.js';
import { openWorld, type World } from '../../hostile/runner/world.js';

/** A few of the corpus, one for each wall: `npm run hostile` runs them all. */
const SAMPLE = [
  'escape-privileges',
  'escape-engine',
  'reaches-the-host',
  'memory-bomb-at-boot',
  'prints-results',
  'poisoned-json',
  'gzip-bomb',
  'lock-points-elsewhere',
  'no-start-script',
  'other-port',
  'ready-late',
];

let stateDir: string;
let grading: Grading;
let world: World;
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'assayer-hostile-state-'));
  grading = await openGrading({ stateDir, runtime: undefined }, () => undefined);
  world = await openWorld();
}, 600_000);
afterAll(async () => {
  await world.close();
  await grading.close();
  await rm(stateDir, { recursive: true, force: true });
});

test('a sample of the hostile corpus holds, beside an honest submission', async () => {
  const pack = loadPack(join(corpusDir, 'pack'));
  const none = (): never => {
    throw new Error('no fixture of the sample is for it');
  };
  const stage = {
    deps: grading.deps,
    world,
    signal: new AbortController().signal,
    packs: { pack: () => pack, 'webhook-receiver': none },
  };
  const neighbour = startNeighbour(honestRuns(stage));
  const watchdog = startWatchdog();
  const results = await runCorpus(turns(gradingsOf(choose(await readCorpus(), SAMPLE))), stage, neighbour, {
    concurrency: 3,
    watchdog,
    onResult: () => undefined,
  });
  await neighbour.stop();
  await watchdog.close();
  // How long each took is judged where the corpus has the machine to itself.
  const problems = results.flatMap(({ name, problems }) =>
    problems.filter((problem) => !problem.startsWith('took ')).map((problem) => `${name}: ${problem}`),
  );
  expect(problems).toEqual([]);
  expect(results.length).toBeGreaterThanOrEqual(SAMPLE.length);
}, 600_000);
